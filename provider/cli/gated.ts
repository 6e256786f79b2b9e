import type { End } from "../ends/index.js";
import { EXIT } from "../errors.js";
import { type ChangeSet, changeSetOf, type Judgement, judgeGates, type LiveState } from "../gates/index.js";
import { type PlacedJudgement, placedGates } from "../report/placed-gates.js";
import { shownLine } from "../report/render/shown-line.js";
import { viewAfter } from "../report/views.js";
import { today } from "../today.js";
import { circumstancesOf } from "./circumstances.js";
import { endsAhead } from "./ends-ahead.js";
import type { OpenStack } from "./engine-stack.js";
import { type GuardedOutcome, placeIn } from "./guardrails.js";
import { liveState } from "./live-state.js";
import { Reading } from "./reading.js";

/** A plan with what the guardrails and the gates say of it. */
export interface GatedOutcome extends GuardedOutcome {
  readonly changeSet: ChangeSet;
  readonly gates: PlacedJudgement;
  readonly live: LiveState;
  /** What ends within the notice, what is over and still there, and entries of the stack file that are over. */
  readonly ends: readonly End[];
}

/** Judges a full plan by the gates, with what is at the control planes now. A closed gate stops the run, whatever else there is. */
export async function gated(
  stack: OpenStack,
  outcome: GuardedOutcome,
  operation: "up" | "destroy" | "reconcile",
  reading = new Reading(stack),
): Promise<GatedOutcome> {
  const live = outcome.failures.length > 0 ? {} : await liveState(reading, outcome);
  const changeSet = changeSetOf(outcome.steps, circumstancesOf(live, outcome.sources));
  const gates = placedGates(judgeGates({ changes: changeSet, live, operation, today: today() }), placeIn(stack.target));
  const isStopped = outcome.exitCode === EXIT.fine && gates.closed.length > 0;
  const ends = endsAhead(stack.target, viewAfter(changeSet, outcome.sources ?? new Map()), today());
  return { ...outcome, changeSet, gates, live, ends, exitCode: isStopped ? EXIT.stopped : outcome.exitCode };
}

/** What the gates say, as a person reads it. */
export function gatesText({ closed, opened }: Judgement): readonly string[] {
  return [
    ...closed.map(({ gate, object, what, advice }) => shownLine(`✗ ${object}: ${what}. ${advice} [gate ${gate}, stops this run]`)),
    ...opened.map(({ closed: { gate, object, what }, approval: { by, until, reason } }) =>
      shownLine(`! ${object}: ${what}. Approved by ${by} until ${until}: ${reason} [gate ${gate}, opened]`),
    ),
  ];
}
