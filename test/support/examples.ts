import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { loadStack, type Stack } from "../../provider/stackfile/index.js";

const ROOT = join(import.meta.dirname, "..", "..", "examples");

/** Folders whose stacks are no examples to follow, with a test of their own: dangers, and pairs of before and after. */
const TESTED_APART = ["guardrails", "pull-requests", "ci"];

/** A day on which nothing in them has ended. */
const WRITTEN_ON = "2026-08-24";

/** A stack folder among the examples, found by listing. */
export interface ExampleStack {
  /** Path below `examples/`. */
  readonly name: string;
  readonly stack: Stack;
  /** Systems of its control planes. */
  readonly systems: readonly string[];
}

/** Every folder below `examples/` that holds a stack file. */
export const EXAMPLE_STACKS: readonly ExampleStack[] = foldersBelow("").flatMap((name) => {
  if (!existsSync(join(ROOT, name, "gatehouse.yaml"))) return [];
  const stack = loadStack(join(ROOT, name), undefined, WRITTEN_ON);
  return [{ name, stack, systems: [...new Set(stack.controlPlanes.map(({ system }) => system))] }];
});

/** Names of the folders that are Pulumi programs. */
export const EXAMPLE_PROGRAMS: readonly string[] = foldersBelow("").filter((name) => existsSync(join(ROOT, name, "Pulumi.yaml")));

function foldersBelow(name: string): readonly string[] {
  const inside = readdirSync(join(ROOT, name), { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && !entry.name.startsWith(".") && !TESTED_APART.includes(entry.name),
  );
  return inside.flatMap((entry) => {
    const path = join(name, entry.name);
    return [path, ...foldersBelow(path)];
  });
}
