import { EXIT } from "../errors.js";
import { type ChangeSet, changeSetOf, type Judgement, judgeGates, type LiveState } from "../gates/index.js";
import { matchesPattern } from "../lifecycle/matches-pattern.js";
import type { OpenStack } from "./engine-stack.js";
import { type GuardedOutcome, today } from "./guardrails.js";
import { liveState } from "./live-state.js";

/** A plan with what the guardrails and the gates say of it. */
export interface GatedOutcome extends GuardedOutcome {
  readonly changeSet: ChangeSet;
  readonly gates: Judgement;
  readonly live: LiveState;
}

/** Judges a full plan by the gates, with what is at the control planes now. A closed gate stops the run, whatever else there is. */
export async function gated(stack: OpenStack, outcome: GuardedOutcome, operation: "up" | "destroy" | "reconcile"): Promise<GatedOutcome> {
  const live = outcome.failures.length > 0 ? {} : await liveState(stack, outcome);
  const changeSet = changeSetOf(outcome.steps, { live, matchesPattern });
  const gates = judgeGates({ changes: changeSet, live, operation, today: today() });
  const isStopped = outcome.exitCode === EXIT.fine && gates.closed.length > 0;
  return { ...outcome, changeSet, gates, live, exitCode: isStopped ? EXIT.stopped : outcome.exitCode };
}

/** What the gates say, as a person reads it. */
export function gatesText({ closed, opened }: Judgement): readonly string[] {
  return [
    ...closed.map(({ gate, object, what, advice }) => `✗ ${object}: ${what}. ${advice} [gate ${gate}, stops this run]`),
    ...opened.map(
      ({ closed: { gate, object, what }, approval }) =>
        `! ${object}: ${what}. Approved by ${approval.by} until ${approval.until}: ${approval.reason} [gate ${gate}, opened]`,
    ),
  ];
}
