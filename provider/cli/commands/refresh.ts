import { EXIT, InvalidInput } from "../../errors.js";
import { refreshLosses } from "../../gates/index.js";
import { driftedObjects } from "../../plan/drift.js";
import { withShownValues } from "../../report/shown-values.js";
import { today } from "../../today.js";
import type { Command } from "../command.js";
import { stackCommand } from "../command-line.js";
import { confirmed } from "../confirm.js";
import { type RunOutcome, runEngine } from "../engine-run.js";
import { openStack } from "../engine-stack.js";
import { gatesText } from "../gated.js";
import { prepared } from "../prepared.js";
import { driftText, failuresText, findingsText, outcomeDocument } from "../render.js";
import { targetAt } from "../target.js";

/**
 * `gatehouse refresh STACK`: takes what is on the server into the state. Sends nothing but reads. Looks first, and exits 3 when so much
 * is gone that the gate on mass deletions would stop it.
 */
const refresh: Command = async ({ stackPath, stackName, console, yes }) => {
  const target = targetAt(stackPath);
  const stack = await openStack({ target, stackName, console, whenAbsent: "none", readOnly: true });
  if (!stack)
    throw new InvalidInput({
      subject: `${target.project}/${stackName}`,
      what: "does not exist",
      advice: "Run `gatehouse up` first, or name another --stack.",
    });
  await prepared(stack, console, false);
  console.progress(`Reading the objects of ${target.project}/${stackName} …`);
  const seen = await runEngine(console, "planned", (output) => stack.engine.previewRefresh(output));
  const gates = refreshLosses(seen.refreshed, today());
  const tell = (outcome: RunOutcome) => {
    const drifted = driftedObjects(outcome.refreshed).map(withShownValues);
    if (console.asJson) console.json({ ...outcomeDocument("refresh", stackName, { ...outcome, gates }), drifted });
    else {
      const told = [...failuresText(outcome.failures), ...gatesText(gates), ...findingsText(outcome.findings), driftText(drifted, [])];
      console.result(told.join("\n"));
    }
    return outcome.exitCode;
  };
  if (seen.exitCode !== EXIT.fine) return tell(seen);
  if (gates.closed.length > 0) return tell({ ...seen, exitCode: EXIT.stopped });
  if (!yes) console.progress(driftText(driftedObjects(seen.refreshed).map(withShownValues), []));
  if (!(await confirmed("Take what is on the server into the state?", yes))) return EXIT.failed;
  return tell(await runEngine(console, "planned", (output) => stack.engine.refresh(output)));
};

export const refreshCommand = stackCommand({
  name: "refresh",
  summary: "take what is on the server into the state; stopped when much of it is gone there",
  run: refresh,
});
