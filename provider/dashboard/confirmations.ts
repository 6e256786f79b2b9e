import { existsSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { InvalidInput } from "../errors.js";
import { parseStepId, type StepSubject } from "./step-id.js";
import type { Step } from "./steps.js";

/** What a person says to have done. Holds no secret and can be committed. */
export interface Confirmation {
  /** Id of the step. */
  readonly step: string;
  /** Digest of the step as the person saw it. */
  readonly digest: string;
  /** Id of the object at the control plane. Needed for what is new. */
  readonly id?: string;
  readonly by: string;
  readonly at: string;
  /** First digits of the SHA-256 of the secret that was shown, to recognise it by. */
  readonly fingerprint?: string;
}

const NEEDED = ["step", "digest", "by", "at"] as const;
const KNOWN: readonly string[] = [...NEEDED, "id", "fingerprint"];

/** The confirmations in a file, oldest first; none when there is no file. Throws InvalidInput with everything that is wrong in it. */
export function readConfirmations(file: string): readonly Confirmation[] {
  if (!existsSync(file)) return [];
  return parseConfirmations(readFileSync(file, "utf8"), file);
}

/** Reads YAML or JSON: a list of confirmations. */
export function parseConfirmations(text: string, file: string): readonly Confirmation[] {
  const content = parsed(text, file);
  if (!Array.isArray(content)) {
    throw new InvalidInput({
      subject: file,
      what: "is no list of confirmations",
      advice: "Each entry is { step, digest, id, by, at }; `gatehouse checklist --format json` has steps and digests.",
    });
  }
  const problems = content.flatMap((entry, index) => shapeProblems(entry).map((problem) => `entry ${index + 1}: ${problem}`));
  if (problems.length > 0) throw new InvalidInput({ subject: file, what: problems.join("\n") });
  return content.map(confirmationFrom);
}

/** An id that is a number is a text all the same; one that is left empty is none. */
function confirmationFrom(entry: Readonly<Record<string, unknown>>): Confirmation {
  const given = Object.entries(entry).filter(([, value]) => value !== "" && value !== null);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)])) as unknown as Confirmation;
}

function parsed(text: string, file: string): unknown {
  try {
    // Times stay texts: the schema "core" knows no timestamps.
    return parse(text, { schema: "core" }) ?? [];
  } catch (cause) {
    throw new InvalidInput({ subject: file, what: "is neither YAML nor JSON", cause });
  }
}

function shapeProblems(entry: unknown): readonly string[] {
  if (typeof entry !== "object" || entry === null || Array.isArray(entry)) return ["is no confirmation: { step, digest, id, by, at }"];
  const given = entry as Readonly<Record<string, unknown>>;
  const missing = NEEDED.filter((name) => typeof given[name] !== "string" || given[name] === "");
  const unknown = Object.keys(given).filter((name) => !KNOWN.includes(name));
  const badTime = typeof given.at === "string" && given.at !== "" && !isTime(given.at);
  const badId = (given.id ?? "") !== "" && !["string", "number"].includes(typeof given.id);
  return [
    ...missing.map((name) => `${name} is missing`),
    ...unknown.map((name) => `${name} does not belong here: a confirmation holds ${KNOWN.join(", ")}, and never a secret`),
    ...(badTime ? ["at must be a time like 2027-06-30T12:00:00Z"] : []),
    ...(badId ? ["id must be a text or a number"] : []),
  ];
}

function isTime(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text) && !Number.isNaN(Date.parse(text));
}

/** Confirmations of exactly this step that still hold: what was made and deleted again since needs another one. */
export function confirmationsOf(step: Pick<Step, "id" | "digest">, all: readonly Confirmation[]): readonly Confirmation[] {
  return all.filter((one, index) => one.step === step.id && one.digest === step.digest && !isUndone(one, all.slice(index + 1)));
}

/** True when the object that a confirmation brought was confirmed to be deleted later. */
function isUndone(one: Confirmation, later: readonly Confirmation[]): boolean {
  const made = parseStepId(one.step);
  if (made === undefined || !bringsIds(made)) return false;
  return later.some((other) => {
    const gone = parseStepId(other.step);
    return gone?.operation === "delete" && isSameScope(gone, made) && other.id === one.id;
  });
}

/** Confirmations, other than those of this step, that gave the same id to another object among the same siblings. */
export function othersWithId(step: Step, id: string, all: readonly Confirmation[]): readonly Confirmation[] {
  const own = parseStepId(step.id);
  if (own === undefined) return [];
  return all.filter((one, index) => {
    const subject = parseStepId(one.step);
    if (subject === undefined || one.id !== id || one.step === step.id || !bringsIds(subject)) return false;
    return isSameScope(subject, own) && !isUndone(one, all.slice(index + 1));
  });
}

function bringsIds({ operation }: StepSubject): boolean {
  return operation === "create" || operation === "adopt";
}

function isSameScope(a: StepSubject, b: StepSubject): boolean {
  return a.plane === b.plane && a.kind === b.kind && a.owner === b.owner;
}
