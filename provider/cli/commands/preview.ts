import { EXIT, type ExitCode } from "../../errors.js";
import type { Command, CommandInput } from "../command.js";
import { type RunOutcome, runEngine } from "../engine-run.js";
import { type OpenStack, openStack } from "../engine-stack.js";
import { preflight } from "../preflight.js";
import { changesText, failuresText, findingsText, outcomeDocument, summaryText } from "../render.js";
import { targetAt } from "../target.js";

/** `gatehouse preview STACK`: what would change and why. Sends nothing but reads. */
export const preview: Command = async (input) => {
  const { console, stackName, expectNoChanges } = input;
  const target = targetAt(input.stackPath);
  const stack = await openStack({ target, stackName, console, whenAbsent: "temporary", readOnly: true });
  if (!stack) return EXIT.failed;
  try {
    await preflight(stack, false);
    const outcome = await plan(stack, input);
    const exitCode: ExitCode =
      outcome.exitCode !== EXIT.fine ? outcome.exitCode : expectNoChanges && outcome.changes.length > 0 ? EXIT.changed : EXIT.fine;
    if (console.asJson) console.json({ ...outcomeDocument("preview", stackName, outcome), exitCode });
    else console.result(planText(outcome));
    return exitCode;
  } finally {
    stack.close();
  }
};

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
): Promise<RunOutcome> {
  console.progress(`Reading the control plane and planning ${stack.target.project}/${stack.stackName} …`);
  const options = { refresh: refresh && !stack.isTemporary, ...(planFile === undefined ? {} : { plan: planFile }), ...leavingOut(exclude) };
  return runEngine(console, "planned", (output) => stack.engine.preview({ ...options, ...output }));
}

/** The engine's preview of the end of a stack, reads only. */
export async function planDestroy(stack: OpenStack, { console, refresh }: Pick<CommandInput, "console" | "refresh">): Promise<RunOutcome> {
  console.progress(`Planning the end of ${stack.target.project}/${stack.stackName} …`);
  return runEngine(console, "planned", (output) => stack.engine.previewDestroy({ refresh: refresh && !stack.isTemporary, ...output }));
}

export function planText(outcome: RunOutcome): string {
  const lines = [...failuresText(outcome.failures), ...findingsText(outcome.findings)];
  if (outcome.failures.length === 0 || outcome.changes.length > 0) {
    lines.push(changesText(outcome.changes));
    if (outcome.changes.length > 0) lines.push("", `Plan: ${summaryText(outcome.changes, "planned")}.`);
  }
  return lines.join("\n");
}
