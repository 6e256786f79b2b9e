import { JUDGED_REMOVALS, writeJudgedRemovals } from "../lifecycle/judged-removals.js";
import type { CommandInput } from "./command.js";
import { type RunOutcome, runEngine } from "./engine-run.js";
import type { OpenStack } from "./engine-stack.js";
import type { GatedOutcome } from "./gated.js";
import { WITH_GUARDRAILS } from "./guardrails.js";
import { type LeftOut, leavingOut } from "./left-out.js";

export interface Applying extends Pick<CommandInput, "console" | "refresh"> {
  /** The engine's plan, which is the upper bound of what it does. */
  readonly planFile: string;
  readonly leftOut: LeftOut;
}

/**
 * Applies a judged plan, with the options that it was made with. The engine's plan does not hold what exclusive collections remove: of
 * that goes what the gates have seen, and nothing that came since.
 */
export async function applyPlan(
  stack: OpenStack,
  { changeSet }: GatedOutcome,
  { console, refresh, planFile, leftOut }: Applying,
): Promise<RunOutcome> {
  const removed = changeSet.objects.filter(({ managed, operation }) => !managed && operation === "delete");
  const file = `${planFile}.removals`;
  writeJudgedRemovals(
    file,
    removed.flatMap(({ controlPlane, kind, before }) => (before?.id === undefined ? [] : [{ controlPlane, kind, id: before.id }])),
  );
  stack.engine.workspace.envVars[JUDGED_REMOVALS] = file;
  const options = { refresh, plan: planFile, ...WITH_GUARDRAILS, ...leavingOut(leftOut) };
  return runEngine(console, "done", (output) => stack.engine.up({ ...options, ...output }));
}
