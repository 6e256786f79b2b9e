import { EXIT, InvalidInput } from "../../errors.js";
import type { Command } from "../command.js";
import { stackCommand } from "../command-line.js";
import { confirmed } from "../confirm.js";
import { runEngine } from "../engine-run.js";
import { openStack } from "../engine-stack.js";
import { judgedPlan } from "../judged-plan.js";
import { sarifOption } from "../options.js";
import { planText } from "../plan-text.js";
import { prepared } from "../prepared.js";
import { failuresText, outcomeDocument, summaryText } from "../render.js";
import { reported } from "../reported.js";
import { writeSarif } from "../sarif-file.js";
import { assertSameState, stateDigest } from "../state-digest.js";
import { targetAt } from "../target.js";
import { waitingIn } from "../waiting.js";
import { openStepsText } from "./checklist.js";

/** `gatehouse destroy STACK`: deletes what the stack created, releases what it adopted. */
const destroy: Command = async ({ stackPath, stackName, console, yes, refresh, sarif }) => {
  const target = targetAt(stackPath);
  const stack = await openStack({ target, stackName, console, whenAbsent: "none", readOnly: false });
  if (!stack)
    throw new InvalidInput({
      subject: `${target.project}/${stackName}`,
      what: "does not exist",
      advice: "There is nothing to destroy. Another --stack?",
    });
  const { recovered, resources } = await prepared(stack, console, false);
  const refreshing = refresh || recovered;
  const judgedState = stateDigest(resources);
  const planned = await judgedPlan(stack, { console, refresh: refreshing, destroy: true });
  const report = await reported(stack, planned, "destroy", resources);
  writeSarif(sarif, stackPath, planned);
  if (planned.exitCode !== EXIT.fine) {
    if (console.asJson) console.json({ ...outcomeDocument("destroy", stackName, planned), report });
    else console.result(planText(planned, report, {}));
    return planned.exitCode;
  }
  const waiting = waitingIn(stack, planned, resources);
  if (waiting.open.length > 0) {
    const { open: steps } = waiting;
    if (console.asJson) console.json({ ...outcomeDocument("destroy", stackName, planned), exitCode: EXIT.waiting, steps });
    else console.result(`Nothing was deleted: people have to delete these first.\n\n${openStepsText(waiting)}`);
    return EXIT.waiting;
  }
  if (!yes) console.progress(planText(planned, report, {}));
  if (!(await confirmed("Destroy this stack?", yes))) {
    console.progress("Nothing was changed.");
    return EXIT.failed;
  }
  await assertSameState(stack, judgedState);
  const outcome = await runEngine(console, "done", (output) => stack.engine.destroy({ refresh: refreshing, ...output }));
  if (console.asJson) console.json(outcomeDocument("destroy", stackName, outcome));
  else
    console.result(
      [...failuresText(outcome.failures), `${target.project}/${stackName}: ${summaryText(outcome.changes, "done")}.`].join("\n"),
    );
  return outcome.exitCode;
};

export const destroyCommand = stackCommand({
  name: "destroy",
  summary: "delete what the stack created, release what it adopted",
  options: [sarifOption()],
  run: destroy,
});
