import { appendFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { Confirmation } from "../dashboard/confirmations.js";
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

/** Adds confirmations to the end of the file. */
export function appendConfirmations(file: string, added: readonly Confirmation[]): void {
  if (added.length === 0) return;
  const text = stringify(added, { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN", lineWidth: 0 });
  appendFileSync(file, existsSync(file) ? text : HEADER + text);
}
