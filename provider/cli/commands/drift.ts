import { EXIT, type ExitCode, InvalidInput } from "../../errors.js";
import { driftedObjects } from "../../plan/drift.js";
import { withShownValues } from "../../report/shown-values.js";
import { agedAttestations } from "../aged-attestations.js";
import type { CommandInput } from "../command.js";
import { stackCommand } from "../command-line.js";
import { runEngine } from "../engine-run.js";
import { openStack } from "../engine-stack.js";
import { attestedDaysOption } from "../options.js";
import { preflight } from "../preflight.js";
import { agedText, driftText, failuresText, findingsText, outcomeDocument } from "../render.js";
import { stateResources } from "../state.js";
import { targetAt } from "../target.js";
import { unmanagedIn } from "../unmanaged.js";

interface DriftInput extends CommandInput {
  /** Age in days from which what a person attested counts as drifted. */
  readonly attestedDays: number;
}

/**
 * `gatehouse drift STACK`: what differs on the server from the last applied state, what is there undeclared, and what nobody has looked
 * at for too long. Writes nothing.
 */
async function drift({ stackPath, stackName, console, attestedDays }: DriftInput): Promise<ExitCode> {
  const target = targetAt(stackPath);
  const stack = await openStack({ target, stackName, console, whenAbsent: "none", readOnly: true });
  if (!stack) {
    throw new InvalidInput({
      subject: `${target.project}/${stackName}`,
      what: "was never applied, so nothing can have drifted",
      advice: "Run `gatehouse up` first, or name another --stack.",
    });
  }
  const resources = await stateResources(stack);
  await preflight(stack, false, resources);
  console.progress(`Comparing ${target.project}/${stackName} with the control plane …`);
  const outcome = await runEngine(console, "planned", (output) => stack.engine.previewRefresh(output));
  const drifted = driftedObjects(outcome.refreshed).map(withShownValues);
  const unmanaged = outcome.exitCode === EXIT.fine ? await unmanagedIn(stack, resources) : [];
  const aged = agedAttestations(resources, attestedDays, Date.now());
  const found = drifted.length + unmanaged.length + aged.length + outcome.findings.length > 0;
  const exitCode: ExitCode = outcome.exitCode !== EXIT.fine ? outcome.exitCode : found ? EXIT.changed : EXIT.fine;
  if (console.asJson) {
    const { changes: _none, ...rest } = outcomeDocument("drift", stackName, outcome);
    console.json({ ...rest, exitCode, drifted, unmanaged, aged });
  } else {
    const told = driftText(drifted, unmanaged);
    const rest = aged.length === 0 ? [told] : [...(drifted.length + unmanaged.length > 0 ? [told] : []), ...agedText(aged)];
    console.result([...failuresText(outcome.failures), ...findingsText(outcome.findings), ...rest].join("\n"));
  }
  return exitCode;
}

export const driftCommand = stackCommand<Pick<DriftInput, "attestedDays">>({
  name: "drift",
  summary: "show what differs on the server from what was applied, and what is there undeclared",
  options: [attestedDaysOption("what a person attested counts as drifted")],
  run: drift,
});
