import { Option } from "commander";
import { EXIT, type ExitCode, GatehouseError } from "../../errors.js";
import type { UnmanagedObject } from "../../report/unmanaged-object.js";
import { exitCodeOf } from "../../report/verdict.js";
import { violationsSummary } from "../../report/violations-text.js";
import type { Command, CommandInput } from "../command.js";
import { stackCommand } from "../command-line.js";
import { type OpenStack, openStack } from "../engine-stack.js";
import { type GatedOutcome, gated } from "../gated.js";
import { reportOptions } from "../options.js";
import { plan } from "../plan.js";
import { savedPlanOf } from "../plan-file.js";
import { planText } from "../plan-text.js";
import { preflight } from "../preflight.js";
import { Reading } from "../reading.js";
import { outcomeDocument } from "../render.js";
import { writeFailure, writeReports } from "../report-files.js";
import { reported } from "../reported.js";
import { writeSarif } from "../sarif-file.js";
import { writeSavedPlan } from "../saved-plan.js";
import { type StateResource, stateResources } from "../state.js";
import { isTakenAsIs, withTakenOver } from "../taken-over.js";
import { targetAt } from "../target.js";
import { type PlanRead, unmanagedIn } from "../unmanaged.js";
import { withoutKnownSecrets } from "../without-known-secrets.js";

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
    const state = await stateResources(stack);
    await preflight(stack, false, state);
    const reading = new Reading(stack);
    const outcome = await gated(stack, await plan(stack, input), "up", reading);
    const report = await reported(stack, outcome, "up", state, await unmanagedBeside(stack, state, { plan: outcome, reading }, input));
    writeReports(out, report);
    writeSarif(input.sarif, input.stackPath, outcome);
    if (savePlan !== undefined) writeSavedPlan(savePlan, savedPlanOf(outcome, report));
    const stopped = outcome.exitCode === EXIT.fine ? exitCodeOf(report, input.failOn) : outcome.exitCode;
    const told = { ...outcome, changes: withTakenOver(outcome.changes, outcome.changeSet) };
    const isChanging = !told.changes.every(isTakenAsIs);
    const exitCode = stopped === EXIT.fine && expectNoChanges && isChanging ? EXIT.changed : stopped;
    if (console.asJson) console.json({ ...outcomeDocument("preview", stackName, told), exitCode, report });
    else console.result(planText(told, report, input));
    if (outcome.violations.length > 0) console.progress(`Guardrails: ${violationsSummary(outcome.violations)}. --verbose shows all.`);
    return exitCode;
  } finally {
    stack.close();
  }
}

/**
 * What nobody declared, beside what a plan does. Undefined where nobody looked: the plan failed, `--no-refresh` takes the state for the
 * truth, or the credential may not list everything, which a preview can do without.
 */
async function unmanagedBeside(
  stack: OpenStack,
  state: readonly StateResource[],
  planned: PlanRead & { readonly plan: GatedOutcome },
  { console, refresh }: CommandInput,
): Promise<readonly UnmanagedObject[] | undefined> {
  if (!refresh || planned.plan.failures.length > 0) return undefined;
  try {
    return await unmanagedIn(stack, state, planned);
  } catch (error) {
    if (!(error instanceof GatehouseError)) throw error;
    console.progress(`warning: what nobody declared is not told, since it could not be listed: ${withoutKnownSecrets(error.message)}`);
    return undefined;
  }
}

export const previewCommand = stackCommand({
  name: "preview",
  summary: "show what would change and why; sends nothing but reads",
  options: [
    new Option("--expect-no-changes", "exit 7 when anything would change at the control plane"),
    ...reportOptions(),
    new Option("--save-plan <file>", "write digests of what would happen there, for an up --plan that does exactly that"),
  ],
  run: preview,
});
