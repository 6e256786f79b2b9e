import { readFileSync, writeFileSync } from "node:fs";
import type { Environment } from "../http/settings.js";

/**
 * Variable with the file that names the undeclared objects which a run may remove: those that its gates have seen. `gatehouse` sets it;
 * a plain run of the engine has none.
 */
export const JUDGED_REMOVALS = "GATEHOUSE_JUDGED_REMOVALS";

/** An undeclared object, with its id as the state would hold it. */
export interface Removal {
  readonly controlPlane: string;
  readonly kind: string;
  readonly id: string;
}

export function writeJudgedRemovals(file: string, removals: readonly Removal[]): void {
  writeFileSync(file, JSON.stringify(removals.map(nameOf)), { mode: 0o600 });
}

/** Tells whether an undeclared object was judged to go. Undefined where nobody judged anything. */
export function judgedRemovals(environment: Environment): ((removal: Removal) => boolean) | undefined {
  const file = environment[JUDGED_REMOVALS];
  if (!file) return undefined;
  const judged = new Set(JSON.parse(readFileSync(file, "utf8")) as readonly string[]);
  return (removal) => judged.has(nameOf(removal));
}

function nameOf({ controlPlane, kind, id }: Removal): string {
  return `${controlPlane} ${kind} ${id}`;
}
