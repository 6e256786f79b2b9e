import type { Console } from "./console.js";
import type { OpenStack } from "./engine-stack.js";
import { preflight } from "./preflight.js";
import { type Recovery, recover } from "./recover.js";
import { exportCheckpoint } from "./recovery/checkpoint.js";
import { type StateResource, stateResources } from "./state.js";

export interface Prepared extends Recovery {
  /** What the state holds now. */
  readonly resources: readonly StateResource[];
}

/**
 * Makes an open stack ready for a run that writes: its control planes answer, and nothing is left behind by a killed run. One export of
 * the state serves all, unless a recovery changed it.
 */
export async function prepared(stack: OpenStack, console: Console, mayAsk: boolean): Promise<Prepared> {
  const { deployment } = await exportCheckpoint(stack);
  const { resources = [] } = deployment;
  await preflight(stack, mayAsk, resources);
  const { recovered } = await recover(stack, console, deployment);
  return { recovered, resources: recovered ? await stateResources(stack) : resources };
}
