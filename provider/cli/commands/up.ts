import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EXIT } from "../../errors.js";
import type { Command } from "../command.js";
import { confirmed } from "../confirm.js";
import { runEngine } from "../engine-run.js";
import { openStack } from "../engine-stack.js";
import { preflight } from "../preflight.js";
import { recover } from "../recover.js";
import { failuresText, findingsText, outcomeDocument, summaryText } from "../render.js";
import { targetAt } from "../target.js";
import { plan, planText } from "./preview.js";

/** `gatehouse up STACK`: previews, asks, and applies exactly what was previewed. */
export const up: Command = async (input) => {
  const { console, stackName, yes, refresh } = input;
  const target = targetAt(input.stackPath);
  const stack = await openStack({ target, stackName, console, whenAbsent: "create", readOnly: false });
  if (!stack) return EXIT.failed;
  await preflight(stack, true);
  const { recovered } = await recover(stack, console);
  // What a killed run did is known after a refresh only.
  const refreshing = refresh || recovered;

  const folder = mkdtempSync(join(tmpdir(), "gatehouse-plan-"));
  try {
    const planFile = join(folder, "plan.json");
    const planned = await plan(stack, { ...input, refresh: refreshing }, planFile);
    if (planned.exitCode !== EXIT.fine) {
      if (console.asJson) console.json(outcomeDocument("up", stackName, planned));
      else console.result(planText(planned));
      return planned.exitCode;
    }
    if (!yes) console.progress(planText(planned));
    if (planned.changes.length > 0 && !(await confirmed("Apply these changes?", yes))) {
      console.progress("Nothing was changed.");
      return EXIT.failed;
    }
    console.progress(
      planned.changes.length === 0
        ? "Nothing to change; recording what was read …"
        : `Applying: ${summaryText(planned.changes, "planned")} …`,
    );
    const outcome = await runEngine(console, "done", (output) => stack.engine.up({ refresh: refreshing, plan: planFile, ...output }));
    if (console.asJson) console.json(outcomeDocument("up", stackName, outcome));
    else
      console.result(
        [
          ...failuresText(outcome.failures),
          ...findingsText(outcome.findings),
          `${target.project}/${stackName}: ${summaryText(outcome.changes, "done")}.`,
        ].join("\n"),
      );
    return outcome.exitCode;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
