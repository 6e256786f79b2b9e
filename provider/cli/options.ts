import { InvalidArgumentError, Option } from "commander";
import { assertFormats, REPORT_ENDINGS } from "./report-files.js";

/** Options of commands that judge a change and report it. */
export function reportOptions(): readonly Option[] {
  return [
    new Option("--out <file>", `write the report there: ${REPORT_ENDINGS.join(", ")}; may be repeated`).argParser(reportFiles).default([]),
    new Option("--fail-on <verdict>", "least verdict that stops").choices(["dangerous", "review"]).default("dangerous"),
    new Option("--verbose", "everything on the terminal, however long").default(false),
    sarifOption(),
  ];
}

export function sarifOption(): Option {
  return new Option("--sarif <file>", "write what guardrails and gates find there as SARIF, for code scanning");
}

/** `subject` says what happens from that age on. */
export function attestedDaysOption(subject: string): Option {
  return new Option("--attested-days <days>", `age from which ${subject}`).argParser(days).default(90);
}

/** Confirming again what was confirmed before. */
export interface RenewOptions {
  readonly renew: boolean;
  readonly attestedDays: number;
}

/** Age in days from which something is confirmed again; undefined where that is not asked for. */
export function renewDaysOf({ renew, attestedDays }: RenewOptions): number | undefined {
  return renew ? attestedDays : undefined;
}

export function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function reportFiles(file: string, before: readonly string[]): readonly string[] {
  assertFormats([file]);
  return collect(file, before);
}

function days(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("Days are a whole number of 0 or more.");
  return Number(text);
}

export function positiveNumber(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError("It is a whole number of 1 or more.");
  return Number(text);
}

export function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError("A port is a whole number from 0 to 65535.");
  return port;
}
