import { Option } from "commander";
import { EXIT, type ExitCode } from "../../errors.js";
import { reportText } from "../../report/render/text.js";
import type { Report } from "../../report/report.js";
import { exitCodeOf } from "../../report/verdict.js";
import { violationsSummary } from "../../report/violations-text.js";
import type { Command, CommandInput } from "../command.js";
import { stackCommand } from "../command-line.js";
import { type RunOutcome, runEngine } from "../engine-run.js";
import { type OpenStack, openStack } from "../engine-stack.js";
import { gated } from "../gated.js";
import { type GuardedOutcome, guarded, today, WITH_GUARDRAILS } from "../guardrails.js";
import { reportOptions } from "../options.js";
import { savedPlanOf } from "../plan-file.js";
import { preflight } from "../preflight.js";
import { changesText, outcomeDocument, summaryText } from "../render.js";
import { writeFailure, writeReports } from "../report-files.js";
import { reported } from "../reported.js";
import { writeSarif } from "../sarif-file.js";
import { writeSavedPlan } from "../saved-plan.js";
import { declaredSources, sourcesInPlan, withTemporaryPlan } from "../sources.js";
import { stateResources } from "../state.js";
import { targetAt } from "../target.js";

/** `gatehouse preview STACK`: what would change, who gains what by it, and whether it may. Sends nothing but reads. */
const preview: Command = async (input) => {
  try {
    return await previewed(input);
  } catch (error) {
    writeFailure(input.out ?? [], input, error);
    throw error;
  }
};

async function previewed(input: CommandInput): Promise<ExitCode> {
  const { console, stackName, expectNoChanges, out = [], savePlan } = input;
  const target = targetAt(input.stackPath);
  const stack = await openStack({ target, stackName, console, whenAbsent: "temporary", readOnly: true });
  if (!stack) return EXIT.failed;
  try {
    await preflight(stack, false);
    const state = await stateResources(stack);
    const outcome = await gated(stack, await plan(stack, input), "up");
    const report = await reported(stack, outcome, "up", state);
    writeReports(out, report);
    writeSarif(input.sarif, input.stackPath, outcome);
    if (savePlan !== undefined) writeSavedPlan(savePlan, savedPlanOf(outcome, report));
    const stopped = outcome.exitCode === EXIT.fine ? exitCodeOf(report, input.failOn) : outcome.exitCode;
    const exitCode = stopped === EXIT.fine && expectNoChanges && outcome.changes.length > 0 ? EXIT.changed : stopped;
    if (console.asJson) console.json({ ...outcomeDocument("preview", stackName, outcome), exitCode, report });
    else console.result(planText(outcome, report, input));
    if (outcome.violations.length > 0) console.progress(`Guardrails: ${violationsSummary(outcome.violations)}. --verbose shows all.`);
    return exitCode;
  } finally {
    stack.close();
  }
}

/**
 * Options of the engine for a run without these objects and what depends on them. With a refresh the engine refuses an exact name that
 * is not in the state yet, and takes a pattern: the star stands behind the stack's name, where it matches nothing else.
 */
export function leavingOut(urns: readonly string[]): { exclude?: string[]; excludeDependents?: boolean } {
  return urns.length === 0 ? {} : { exclude: urns.map((urn) => urn.replace(/^(urn:pulumi:[^:]+)::/, "$1*::")), excludeDependents: true };
}

/** The engine's preview, reads only; `exclude` names URNs that are left out, with what depends on them. */
export async function plan(
  stack: OpenStack,
  { console, refresh }: Pick<CommandInput, "console" | "refresh">,
  planFile?: string,
  exclude: readonly string[] = [],
): Promise<GuardedOutcome> {
  console.progress(`Reading the control plane and planning ${stack.target.project}/${stack.stackName} …`);
  const options = { refresh: refresh && !stack.isTemporary, ...leavingOut(exclude), ...WITH_GUARDRAILS };
  const planned = async (file: string | undefined) => {
    const saving = file === undefined ? {} : { plan: file };
    const outcome = await runEngine(console, "planned", (output) => stack.engine.preview({ ...options, ...saving, ...output }));
    return guarded(stack.target, outcome, today());
  };
  const { target } = stack;
  if (target.form === "program") return programPlan(stack, console, planFile, planned);
  const outcome = await planned(planFile);
  return { ...outcome, sources: declaredSources(target.stack, outcome.steps) };
}

/** What a program takes its properties from stands in a saved plan alone. Guardrails stop the engine before it saves one. */
function programPlan(
  { engine }: OpenStack,
  console: CommandInput["console"],
  planFile: string | undefined,
  planned: (file: string) => Promise<GuardedOutcome>,
): Promise<GuardedOutcome> {
  return withTemporaryPlan(async (temporary) => {
    const outcome = await planned(planFile ?? temporary);
    const saved = sourcesInPlan(planFile ?? temporary);
    if (saved !== undefined || outcome.failures.length > 0) return { ...outcome, ...(saved && { sources: saved }) };
    await runEngine(console, "planned", (output) => engine.preview({ plan: temporary, ...output }));
    return { ...outcome, sources: sourcesInPlan(temporary) ?? new Map() };
  });
}

/** The engine's preview of the end of a stack, reads only. */
export async function planDestroy(stack: OpenStack, { console, refresh }: Pick<CommandInput, "console" | "refresh">): Promise<RunOutcome> {
  console.progress(`Planning the end of ${stack.target.project}/${stack.stackName} …`);
  return runEngine(console, "planned", (output) => stack.engine.previewDestroy({ refresh: refresh && !stack.isTemporary, ...output }));
}

/** Where no terminal wraps them, lines are whole, for those who search in them. */
const UNWRAPPED = 100_000;

/** A plan in words: the report, folded to a screen where there is one, else with every property of every change. */
export function planText(outcome: RunOutcome, report: Report, input: Pick<CommandInput, "verbose">): string {
  const { isTTY = false, columns = 100 } = process.stdout;
  if (outcome.changes.length === 0 && report.verdict === "safe" && input.verbose !== true) return "No changes.";
  const verbose = input.verbose === true || !isTTY;
  const lines = [reportText(report, { width: isTTY ? columns : UNWRAPPED, color: isTTY, verbose })];
  if (verbose && outcome.changes.length > 0) lines.push("", changesText(outcome.changes));
  if (outcome.changes.length > 0) lines.push("", `Plan: ${summaryText(outcome.changes, "planned")}.`);
  else if (outcome.failures.length === 0) lines.push("", "No changes.");
  return lines.join("\n");
}

export const previewCommand = stackCommand({
  name: "preview",
  summary: "show what would change and why; sends nothing but reads",
  options: [
    new Option("--expect-no-changes", "exit 7 when anything would change"),
    ...reportOptions(),
    new Option("--save-plan <file>", "write digests of what would happen there, for an up --plan that does exactly that"),
  ],
  run: preview,
});
