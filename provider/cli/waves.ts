import { EXIT } from "../errors.js";
import type { Report } from "../report/report.js";
import { isStopped } from "../report/verdict.js";
import { applyPlan } from "./apply-plan.js";
import type { CommandInput } from "./command.js";
import { comparePlans } from "./compare-plans.js";
import { confirmed } from "./confirm.js";
import type { RunOutcome } from "./engine-run.js";
import type { OpenStack } from "./engine-stack.js";
import type { GatedOutcome } from "./gated.js";
import { judgedPlan } from "./judged-plan.js";
import { assertJudged, narrowed } from "./narrowed.js";
import { savedPlanOf } from "./plan-file.js";
import { planText } from "./plan-text.js";
import { outcomeDocument, summaryText } from "./render.js";
import { writeReports } from "./report-files.js";
import { reported } from "./reported.js";
import { writeSarif } from "./sarif-file.js";
import type { SavedPlan } from "./saved-plan.js";
import { type StateResource, stateResources } from "./state.js";
import { assertSameState, stateDigest } from "./state-digest.js";
import { withTakenOver } from "./taken-over.js";
import { NOTHING_WAITS, type Waiting, waitingIn } from "./waiting.js";

/** What an `up` begins with. */
export interface Occasion {
  /** What the state holds. */
  readonly resources: readonly StateResource[];
  /** What was reviewed: nothing else is applied. */
  readonly reviewed?: SavedPlan | undefined;
  /** Nobody is asked about what a person has just confirmed. */
  readonly asConfirmed?: boolean | undefined;
}

/** One plan of an `up`, and what came of it. */
export interface Wave {
  /** The full plan, judged. */
  readonly whole: GatedOutcome;
  readonly outcome: RunOutcome;
  /** What still waits after it. */
  readonly waiting: Waiting;
  /** Something that was confirmed brought ids that others needed. */
  readonly goesOn: boolean;
  /** The reader knows the outcome already. */
  readonly told: boolean;
}

type WaveInput = CommandInput & { readonly planFile: string };

/** Plans, judges and compares with what was reviewed; then applies what waits for nobody. */
export async function firstWave(stack: OpenStack, input: WaveInput, { resources, reviewed, asConfirmed }: Occasion): Promise<Wave> {
  const judged = await judgedPlan(stack, input);
  const report = await reported(stack, judged, "up", resources);
  const moved = reviewed === undefined ? [] : comparePlans(reviewed, savedPlanOf(judged, report));
  const isStopping = moved.length > 0 || isStopped(report, input.failOn);
  const whole = judged.exitCode === EXIT.fine && isStopping ? { ...judged, exitCode: EXIT.stopped } : judged;
  writeReports(input.out ?? [], report);
  writeSarif(input.sarif, input.stackPath, whole);
  const wave = await made(stack, input, { whole, report, moved, resources, asConfirmed });
  // The first ids of others may be what a later step needs, too.
  const broughtIds = wave.waiting.later.length > 0 && wave.outcome.changes.length > 0;
  return { ...wave, goesOn: wave.goesOn || (!wave.told && wave.outcome.exitCode === EXIT.fine && broughtIds) };
}

/**
 * Goes on with what the waves before opened. Guardrails and gates judge it anew, and all of it must have been in the first plan, which
 * was looked at. Throws StackHeld when it was not.
 */
export async function laterWave(stack: OpenStack, input: WaveInput, first: Wave, { asConfirmed }: Occasion): Promise<Wave> {
  const resources = await stateResources(stack);
  const whole = await judgedPlan(stack, input);
  assertJudged(stack, first.whole.changes, whole.changes);
  const report = await reported(stack, whole, "up", resources);
  return made(stack, input, { whole, report, moved: [], resources, asConfirmed, isLater: true });
}

interface Judged extends Pick<Occasion, "resources" | "asConfirmed"> {
  readonly whole: GatedOutcome;
  readonly report: Report;
  /** What moved since the review. */
  readonly moved: readonly string[];
  readonly isLater?: boolean;
}

async function made(stack: OpenStack, input: WaveInput, judged: Judged): Promise<Wave> {
  const { console, yes } = input;
  const { whole, report, resources } = judged;
  const judgedState = stateDigest(resources);
  const waiting = whole.exitCode === EXIT.fine ? waitingIn(stack, whole, resources) : NOTHING_WAITS;
  const leftOut = { urns: waiting.exclude, withDependents: waiting.withDependents };
  const isNarrowed = waiting.exclude.length > 0;
  const planned = isNarrowed ? await narrowed(stack, whole, { ...input, leftOut, operation: "up" }) : whole;
  const over = { whole, outcome: planned, waiting, goesOn: false, told: true };
  if (planned.exitCode !== EXIT.fine) {
    tellRefusal(stack, input, planned, isNarrowed ? await reported(stack, planned, "up", resources) : report, judged.moved);
    return over;
  }
  if (judged.isLater && planned.changes.length === 0) return { ...over, told: false };
  if (!yes) console.progress(planText({ ...planned, changes: withTakenOver(planned.changes, planned.changeSet) }, report, input));
  const unasked = planned.changes.filter(({ urn }) => !judged.asConfirmed || !waiting.confirmedUrns.includes(urn));
  if (unasked.length > 0 && !(await confirmed("Apply these changes?", yes))) {
    console.progress("Nothing was changed.");
    return { ...over, outcome: { ...planned, exitCode: EXIT.failed } };
  }
  await assertSameState(stack, judgedState);
  console.progress(
    planned.changes.length === 0
      ? "Nothing to change; recording what was read …"
      : `Applying: ${summaryText(planned.changes, "planned")} …`,
  );
  const outcome = await applyPlan(stack, planned, { ...input, leftOut });
  // New ids of a person's objects may be what a later step needs.
  const recordedSteps = outcome.changes.some(({ urn }) => waiting.confirmedUrns.includes(urn));
  return { whole, outcome, waiting, goesOn: outcome.exitCode === EXIT.fine && recordedSteps, told: false };
}

function tellRefusal(stack: OpenStack, input: CommandInput, planned: GatedOutcome, report: Report, moved: readonly string[]): void {
  const { console } = input;
  const told = { ...planned, changes: withTakenOver(planned.changes, planned.changeSet) };
  if (console.asJson) console.json({ ...outcomeDocument("up", stack.stackName, told), report, moved });
  else console.result([...movedText(moved), planText(told, report, input)].join("\n"));
}

/** Why a reviewed plan is not applied. */
function movedText(moved: readonly string[]): readonly string[] {
  if (moved.length === 0) return [];
  return [
    "✗ This is not what was reviewed, and nothing was changed:",
    ...moved.map((one) => `  ${one}`),
    "  Preview again, and have that reviewed.",
    "",
  ];
}
