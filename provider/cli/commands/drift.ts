import { EXIT, type ExitCode, InvalidInput } from "../../errors.js";
import { driftedObjects } from "../../report/drift.js";
import type { Command } from "../command.js";
import { runEngine } from "../engine-run.js";
import { openStack } from "../engine-stack.js";
import { preflight } from "../preflight.js";
import { driftText, failuresText, findingsText, outcomeDocument } from "../render.js";
import { stateResources } from "../state.js";
import { targetAt } from "../target.js";
import { unmanagedObjects } from "../unmanaged.js";

/** `gatehouse drift STACK`: what differs on the server from the last applied state, and what is there undeclared. Writes nothing. */
export const drift: Command = async ({ stackPath, stackName, console }) => {
  const target = targetAt(stackPath);
  const stack = await openStack({ target, stackName, console, whenAbsent: "none", readOnly: true });
  if (!stack) {
    throw new InvalidInput({
      subject: `${target.project}/${stackName}`,
      what: "was never applied, so nothing can have drifted",
      advice: "Run `gatehouse up` first, or name another --stack.",
    });
  }
  await preflight(stack, false);
  console.progress(`Comparing ${target.project}/${stackName} with the control plane …`);
  const outcome = await runEngine(console, "planned", (output) => stack.engine.previewRefresh(output));
  const drifted = driftedObjects(outcome.refreshed);
  const unmanaged = outcome.exitCode === EXIT.fine ? await unmanagedObjects(stack, await stateResources(stack)) : [];
  const found = drifted.length + unmanaged.length + outcome.findings.length > 0;
  const exitCode: ExitCode = outcome.exitCode !== EXIT.fine ? outcome.exitCode : found ? EXIT.changed : EXIT.fine;
  if (console.asJson) {
    const { changes: _none, ...rest } = outcomeDocument("drift", stackName, outcome);
    console.json({ ...rest, exitCode, drifted, unmanaged });
  } else {
    console.result([...failuresText(outcome.failures), ...findingsText(outcome.findings), driftText(drifted, unmanaged)].join("\n"));
  }
  return exitCode;
};
