import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Option } from "commander";
import { EXIT, type ExitCode } from "../../errors.js";
import { isStopped } from "../../report/verdict.js";
import type { Command, CommandInput } from "../command.js";
import { stackCommand } from "../command-line.js";
import { comparePlans } from "../compare-plans.js";
import { confirmed } from "../confirm.js";
import { type RunOutcome, runEngine } from "../engine-run.js";
import { type OpenStack, openStack } from "../engine-stack.js";
import { gated } from "../gated.js";
import { WITH_GUARDRAILS } from "../guardrails.js";
import { reportOptions } from "../options.js";
import { savedPlanOf } from "../plan-file.js";
import { preflight } from "../preflight.js";
import { recover } from "../recover.js";
import { failuresText, findingsText, outcomeDocument, summaryText } from "../render.js";
import { writeReports } from "../report-files.js";
import { reported } from "../reported.js";
import { writeSarif } from "../sarif-file.js";
import { readSavedPlan } from "../saved-plan.js";
import { stateResources } from "../state.js";
import { assertSameState, stateDigest } from "../state-digest.js";
import { targetAt } from "../target.js";
import { type Waiting, waitingIn } from "../waiting.js";
import { openStepsText } from "./checklist.js";
import { leavingOut, plan, planText } from "./preview.js";

/** `gatehouse up STACK`: previews, asks, and applies exactly what was previewed, without what waits for a person. */
const up: Command = async (input) => {
  const { console, stackName } = input;
  const target = targetAt(input.stackPath);
  const stack = await openStack({ target, stackName, console, whenAbsent: "create", readOnly: false });
  if (!stack) return EXIT.failed;
  await preflight(stack, true);
  const { recovered } = await recover(stack, console);
  // What a killed run did is known after a refresh only.
  return applyStack(stack, { ...input, refresh: input.refresh || recovered }, false);
};

/** Applies an open stack. With `asConfirmed` nobody is asked about what a person has just confirmed. */
export async function applyStack(stack: OpenStack, input: CommandInput, asConfirmed: boolean): Promise<ExitCode> {
  const { console, stackName } = input;
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-plan-"));
  try {
    const waves: Wave[] = [];
    do waves.push(await applyOnce(stack, input, join(folder, `plan-${waves.length}.json`), asConfirmed, waves.length === 0));
    while (waves.at(-1)?.goesOn);
    const last = waves.at(-1) as Wave;
    if (last.told) return last.outcome.exitCode;
    const changes = waves.flatMap(({ outcome }) => outcome.changes);
    const outcome = { ...last.outcome, changes };
    const waits = outcome.exitCode === EXIT.fine && last.waiting.open.length + last.waiting.later.length > 0;
    const exitCode = waits ? EXIT.waiting : outcome.exitCode;
    const { open: steps, later } = last.waiting;
    if (console.asJson) console.json({ ...outcomeDocument("up", stackName, outcome), exitCode, ...(waits ? { steps, later } : {}) });
    else
      console.result(
        [
          ...failuresText(outcome.failures),
          ...findingsText(outcome.findings),
          `${stack.target.project}/${stackName}: ${summaryText(changes, "done")}.`,
          ...(waits ? ["", openStepsText(last.waiting)] : []),
        ].join("\n"),
      );
    return exitCode;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Wave {
  readonly outcome: RunOutcome;
  /** What still waits after it. */
  readonly waiting: Waiting;
  /** Something that was confirmed brought ids that others needed. */
  readonly goesOn: boolean;
  /** The reader knows the outcome already. */
  readonly told: boolean;
}

async function applyOnce(stack: OpenStack, input: CommandInput, planFile: string, asConfirmed: boolean, isFirst: boolean): Promise<Wave> {
  const { console, stackName, yes, refresh } = input;
  const state = await stateResources(stack);
  const judgedState = stateDigest(state);
  const judged = await gated(stack, await plan(stack, input, planFile), "up");
  const report = await reported(stack, judged, "up", state);
  const moved = isFirst && input.plan !== undefined ? comparePlans(readSavedPlan(input.plan), savedPlanOf(judged, report)) : [];
  const isStopping = moved.length > 0 || (isFirst && isStopped(report, input.failOn));
  const whole = judged.exitCode === EXIT.fine && isStopping ? { ...judged, exitCode: EXIT.stopped } : judged;
  if (isFirst) writeReports(input.out ?? [], report);
  if (isFirst) writeSarif(input.sarif, input.stackPath, whole);
  const waiting = whole.exitCode === EXIT.fine ? await waitingIn(stack, whole) : NOTHING;
  const planned = waiting.exclude.length === 0 ? whole : { ...whole, ...(await plan(stack, input, planFile, waiting.exclude)) };
  const over = { outcome: planned, waiting, goesOn: false, told: true };
  if (planned.exitCode !== EXIT.fine) {
    if (console.asJson) console.json({ ...outcomeDocument("up", stackName, planned), report, moved });
    else console.result([...movedText(moved), planText(planned, report, input)].join("\n"));
    return over;
  }
  if (!isFirst && planned.changes.length === 0) return { ...over, told: false };
  if (!yes) console.progress(planText(planned, report, input));
  const unasked = planned.changes.filter(({ urn }) => !asConfirmed || !waiting.confirmedUrns.includes(urn));
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
  const outcome = await runEngine(console, "done", (output) =>
    stack.engine.up({ refresh, plan: planFile, ...WITH_GUARDRAILS, ...leavingOut(waiting.exclude), ...output }),
  );
  const recordedSteps = outcome.changes.some(({ urn }) => waiting.confirmedUrns.includes(urn));
  // New ids of a person's objects, or the first of others, may be what a later step needs.
  const broughtIds = recordedSteps || (isFirst && waiting.later.length > 0 && outcome.changes.length > 0);
  return { outcome, waiting, goesOn: outcome.exitCode === EXIT.fine && broughtIds, told: false };
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

const NOTHING: Waiting = { open: [], confirmed: [], later: [], exclude: [], confirmedUrns: [] };

export const upCommand = stackCommand({
  name: "up",
  summary: "preview, ask, and apply exactly what was previewed",
  options: [
    ...reportOptions(),
    new Option("--plan <file>", "apply exactly what was reviewed: refuse when anything moved since --save-plan"),
  ],
  run: up,
});
