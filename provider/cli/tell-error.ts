import { CommanderError } from "commander";
import { EXIT, GatehouseError } from "../errors.js";
import { StackProblems } from "../stackfile/index.js";
import { standardConsole } from "./console.js";
import { withoutKnownSecrets } from "./without-known-secrets.js";

/**
 * Says what ended a command, on standard error for people and, with `--json`, as the one document on standard output. Answers the exit
 * code.
 */
export function tellError(error: unknown, asJson: boolean): number {
  if (error instanceof CommanderError) return toldByCommander(error, asJson);
  return error instanceof GatehouseError ? tellProblem(error, asJson) : tellDefect(error, asJson);
}

/** Commander has told the person already. */
function toldByCommander({ exitCode, message }: CommanderError, asJson: boolean): number {
  if (exitCode === 0) return EXIT.fine;
  if (asJson) tellAsJson(EXIT.invalid, { code: "invalid-input", message });
  return EXIT.invalid;
}

function tellProblem(error: GatehouseError, asJson: boolean): number {
  const { code, exitCode } = error;
  const message = withoutKnownSecrets(error.message);
  const problems = error instanceof StackProblems ? { problems: error.problems } : {};
  if (asJson) tellAsJson(exitCode, { code, message, ...problems });
  standardConsole(asJson).progress(`error: ${message}`);
  return exitCode;
}

function tellDefect(error: unknown, asJson: boolean): number {
  const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
  if (asJson) tellAsJson(EXIT.failed, { code: "defect", message: withoutKnownSecrets(message) });
  standardConsole(asJson).progress(`${withoutKnownSecrets(stack)}\nThis is a defect of Gatehouse: please report it.`);
  return EXIT.failed;
}

function tellAsJson(exitCode: number, error: Readonly<Record<string, unknown>>): void {
  standardConsole(true).json({ exitCode, error });
}
