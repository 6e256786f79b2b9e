import { createHash } from "node:crypto";
import { StackHeld } from "../errors.js";
import type { OpenStack } from "./engine-stack.js";
import { SECRET_MARK, type StateResource, stateResources } from "./state.js";

/** Digest of what a state holds: urn, id and inputs of each resource. Secrets take no part: the same one is encrypted anew each time. */
export function stateDigest(resources: readonly StateResource[]): string {
  const held = resources.map(({ urn, id, inputs }) => JSON.stringify([urn, id, sorted(inputs)])).toSorted();
  return createHash("sha256").update(held.join("\n")).digest("hex");
}

/** Refuses to apply when somebody changed the state since it was judged: what was approved is not what would happen. */
export async function assertSameState(stack: OpenStack, judged: string): Promise<void> {
  if (stateDigest(await stateResources(stack)) === judged) return;
  throw new StackHeld({
    subject: `${stack.target.project}/${stack.stackName}`,
    what: "another run changed the state after this one was planned and judged",
    advice: "Nothing was changed by this run. Run it again: it plans and judges what is there now.",
  });
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  if (SECRET_MARK in value) return "[secret]";
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
}
