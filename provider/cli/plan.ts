import { today } from "../today.js";
import type { CommandInput } from "./command.js";
import { type RunOutcome, runEngine } from "./engine-run.js";
import type { OpenStack } from "./engine-stack.js";
import { type GuardedOutcome, guarded, WITH_GUARDRAILS } from "./guardrails.js";
import { declaredSources, sourcesInPlan, withTemporaryPlan } from "./sources.js";

/** The engine's preview of a stack, reads only. With `planFile` its plan is kept there. */
export async function plan(
  stack: OpenStack,
  { console, refresh }: Pick<CommandInput, "console" | "refresh">,
  planFile?: string,
): Promise<GuardedOutcome> {
  console.progress(`Reading the control plane and planning ${stack.target.project}/${stack.stackName} …`);
  const options = { refresh: refresh && !stack.isTemporary, ...WITH_GUARDRAILS };
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
