import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { type Confirmation, parseConfirmations } from "../dashboard/confirmations.js";
import { InvalidInput } from "../errors.js";
import type { Environment } from "../http/settings.js";

const DEFAULT_STACK = "dev";

const HEADER = `# What people have done at dashboards, as they confirmed it with gatehouse confirm. Holds no secret: commit it.
# Entries are only ever added; one for a step that has changed since counts for nothing.
`;

/** Where the confirmations of a stack are kept: beside it, one file for each stack that is not the default one. */
export function confirmationFile(directory: string, stackName: string, environment: Environment): string {
  const named = environment.GATEHOUSE_CONFIRMATIONS;
  const own = stackName === DEFAULT_STACK ? "" : `.${stackName.replaceAll("/", ".")}`;
  return named || join(directory, `gatehouse.confirmations${own}.yaml`);
}

/** The confirmations in a file that somebody names. Throws InvalidInput when there is none. */
export function givenConfirmations(file: string): readonly Confirmation[] {
  try {
    return parseConfirmations(readFileSync(file, "utf8"), file);
  } catch (cause) {
    if (cause instanceof InvalidInput) throw cause;
    throw new InvalidInput({ subject: file, what: "cannot be read", advice: "Name a file with a list of confirmations.", cause });
  }
}

/** True when one says what the other does; an id that is left out says nothing. */
export function isSameConfirmation(a: Confirmation, b: Confirmation): boolean {
  return a.step === b.step && a.digest === b.digest && (a.id === b.id || a.id === undefined) && a.by === b.by && a.at === b.at;
}

/** Adds confirmations to the end of the file. */
export function appendConfirmations(file: string, added: readonly Confirmation[]): void {
  if (added.length === 0) return;
  const text = stringify(added, { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN", lineWidth: 0 });
  appendFileSync(file, existsSync(file) ? text : HEADER + text);
}
