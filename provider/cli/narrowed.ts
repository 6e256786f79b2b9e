import { EXIT, StackHeld } from "../errors.js";
import { changeSetOf, judgeGates } from "../gates/index.js";
import type { ObjectChange } from "../plan/changes.js";
import { keptSteps } from "../plan/kept-steps.js";
import { unjudgedChanges } from "../plan/unjudged-changes.js";
import { today } from "../today.js";
import { circumstancesOf } from "./circumstances.js";
import type { CommandInput } from "./command.js";
import { runEngine } from "./engine-run.js";
import type { OpenStack } from "./engine-stack.js";
import type { GatedOutcome } from "./gated.js";
import { guarded, WITH_GUARDRAILS } from "./guardrails.js";
import { type LeftOut, leavingOut } from "./left-out.js";

export interface Narrowing extends Pick<CommandInput, "console" | "refresh"> {
  readonly leftOut: LeftOut;
  readonly planFile: string;
  readonly operation: "up" | "reconcile";
  /** What of the judged plan may be made; all of it when absent. */
  readonly allowed?: readonly ObjectChange[];
}

/**
 * Plans again without some of what a judged plan holds, and judges what is left by guardrails and gates. Throws StackHeld when the new
 * plan would do anything else.
 */
export async function narrowed(
  stack: OpenStack,
  judged: GatedOutcome,
  { console, refresh, leftOut, planFile, operation, allowed = judged.changes }: Narrowing,
): Promise<GatedOutcome> {
  const options = { refresh, plan: planFile, ...leavingOut(leftOut), ...WITH_GUARDRAILS };
  const outcome = await runEngine(console, "planned", (output) => stack.engine.preview({ ...options, ...output }));
  const plan = guarded(stack.target, outcome, today());
  assertJudged(stack, allowed, plan.changes);
  return regated({ ...judged, ...plan }, judged, operation);
}

/** A part of a judged plan, judged by the gates once more: what it leaves out counts among what there is. */
export function regated(part: GatedOutcome, whole: GatedOutcome, operation: Narrowing["operation"]): GatedOutcome {
  if (part.exitCode !== EXIT.fine) return { ...part, gates: { closed: [], opened: [] } };
  const made = new Set(part.changes.map(({ urn }) => urn));
  const leftOut = new Set(whole.changes.flatMap(({ urn }) => (made.has(urn) ? [] : [urn])));
  const changeSet = changeSetOf(keptSteps(whole.steps, leftOut), circumstancesOf(whole.live, whole.sources));
  const gates = judgeGates({ changes: changeSet, live: whole.live, operation, today: today() });
  return { ...part, changeSet, gates, exitCode: gates.closed.length > 0 ? EXIT.stopped : part.exitCode };
}

/** Between two plans of a run somebody may change the control plane once more: what nobody judged is not made. Throws StackHeld. */
export function assertJudged(stack: OpenStack, judged: readonly ObjectChange[], later: readonly ObjectChange[]): void {
  const unjudged = unjudgedChanges(judged, later);
  if (unjudged.length === 0) return;
  throw new StackHeld({
    subject: `${stack.target.project}/${stack.stackName}`,
    what: `something else would happen now than what this run has planned and judged: ${unjudged.join("; ")}`,
    advice: "Nothing of this plan was made. Run it again: it plans and judges what is there now.",
  });
}
