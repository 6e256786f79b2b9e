import { createHash } from "node:crypto";
import { StackHeld } from "../errors.js";
import type { OpenStack } from "./engine-stack.js";
import { inputsDigest } from "./plan-digests.js";
import { type StateResource, stateResources } from "./state.js";

/** Digest of what a state holds: urn, id and inputs of each resource, without secrets. */
export function stateDigest(resources: readonly StateResource[]): string {
  const held = resources.map(({ urn, id, inputs }) => JSON.stringify([urn, id, inputsDigest(inputs)])).toSorted();
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
