import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { gatehouse, type Ran } from "./gatehouse.js";
import { inDays } from "./in-days.js";

export interface Closed {
  readonly gate: string;
  readonly object: string;
  readonly change: string;
}

/**
 * Destroys a stack as a person does whose stack holds production keys: the gates say what they want approved, the approvals are applied
 * by themselves, and then it goes.
 */
export async function approvedDestroy(folder: string, environment: Readonly<Record<string, string>>, ...options: string[]): Promise<Ran> {
  const file = join(folder, "gatehouse.yaml");
  const destroy = (...more: string[]) => gatehouse(["destroy", folder, "--yes", ...options, ...more], environment);
  let ran = await destroy();
  // An approval is for an object as it is: what changed by hand is put right by the first run, and then wants another one.
  for (let tries = 0; ran.exitCode === 3 && tries < 2; tries += 1) {
    approve(file, (await destroy("--json")).json<Gated>().gates.closed);
    await applied(folder, environment, options);
    ran = await destroy();
  }
  return ran;
}

interface Gated {
  readonly gates: { readonly closed: readonly Closed[] };
}

async function applied(folder: string, environment: Readonly<Record<string, string>>, options: readonly string[]): Promise<void> {
  const up = await gatehouse(["up", folder, "--yes", ...options], environment);
  if (up.exitCode !== 0) throw new Error(`up exited ${up.exitCode}: ${up.stdout}\n${up.stderr}`);
}

/** Adds approvals to those of a stack file, as the preview prints them. */
export function approve(file: string, closed: readonly Closed[]): void {
  const document = parseDocument(readFileSync(file, "utf8"));
  // Longer than what is announced as ending soon.
  const word = { by: "ada@acme.example", reason: "The end of a test.", until: inDays(30) };
  const given = (document.toJS() as { governance?: { approvals?: Closed[] } }).governance?.approvals ?? [];
  const added = closed.map(({ gate, object, change }) => ({ gate, object, change, ...word }));
  document.setIn(["governance", "approvals"], document.createNode([...given, ...added]));
  writeFileSync(file, document.toString());
}
