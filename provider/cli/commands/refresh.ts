import { EXIT, InvalidInput } from "../../errors.js";
import { driftedObjects } from "../../plan/drift.js";
import { withShownValues } from "../../report/shown-values.js";
import type { Command } from "../command.js";
import { stackCommand } from "../command-line.js";
import { confirmed } from "../confirm.js";
import { runEngine } from "../engine-run.js";
import { openStack } from "../engine-stack.js";
import { preflight } from "../preflight.js";
import { recover } from "../recover.js";
import { driftText, failuresText, findingsText, outcomeDocument } from "../render.js";
import { targetAt } from "../target.js";

/** `gatehouse refresh STACK`: takes what is on the server into the state. Sends nothing but reads. */
const refresh: Command = async ({ stackPath, stackName, console, yes }) => {
  const target = targetAt(stackPath);
  const stack = await openStack({ target, stackName, console, whenAbsent: "none", readOnly: true });
  if (!stack)
    throw new InvalidInput({
      subject: `${target.project}/${stackName}`,
      what: "does not exist",
      advice: "Run `gatehouse up` first, or name another --stack.",
    });
  await preflight(stack, false);
  await recover(stack, console);
  if (!(await confirmed("Take what is on the server into the state?", yes))) return EXIT.failed;
  console.progress(`Reading the objects of ${target.project}/${stackName} …`);
  const outcome = await runEngine(console, "planned", (output) => stack.engine.refresh(output));
  const drifted = driftedObjects(outcome.refreshed).map(withShownValues);
  if (console.asJson) console.json({ ...outcomeDocument("refresh", stackName, outcome), drifted });
  else console.result([...failuresText(outcome.failures), ...findingsText(outcome.findings), driftText(drifted, [])].join("\n"));
  return outcome.exitCode;
};

export const refreshCommand = stackCommand({ name: "refresh", summary: "take what is on the server into the state", run: refresh });
