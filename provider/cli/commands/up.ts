import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Option } from "commander";
import { EXIT, type ExitCode } from "../../errors.js";
import type { Command, CommandInput } from "../command.js";
import { stackCommand } from "../command-line.js";
import { endsText } from "../ends-ahead.js";
import { type OpenStack, openStack } from "../engine-stack.js";
import { reportOptions } from "../options.js";
import { prepared } from "../prepared.js";
import { failuresText, findingsText, outcomeDocument, summaryText } from "../render.js";
import { savedPlanOfStack } from "../saved-plan.js";
import { targetAt } from "../target.js";
import { firstWave, laterWave, type Occasion, type Wave } from "../waves.js";
import { openStepsText } from "./checklist.js";

/** `gatehouse up STACK`: previews, asks, and applies exactly what was previewed, without what waits for a person. */
const up: Command = async (input) => {
  const { console, stackName } = input;
  const target = targetAt(input.stackPath);
  const reviewed = input.plan === undefined ? undefined : savedPlanOfStack(input.plan, target.project, stackName);
  const stack = await openStack({ target, stackName, console, whenAbsent: "create", readOnly: false });
  if (!stack) return EXIT.failed;
  const { recovered, resources } = await prepared(stack, console, true);
  // What a killed run did is known after a refresh only.
  return applyStack(stack, { ...input, refresh: input.refresh || recovered }, { resources, reviewed });
};

/** Applies an open stack: what can be made at once, and then what that opened, as far as the first plan held it. */
export async function applyStack(stack: OpenStack, input: CommandInput, occasion: Occasion): Promise<ExitCode> {
  const { console, stackName } = input;
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-plan-"));
  try {
    const first = await firstWave(stack, { ...input, planFile: join(folder, "plan-0.json") }, occasion);
    const waves: Wave[] = [first];
    let last = first;
    while (last.goesOn) {
      last = await laterWave(stack, { ...input, planFile: join(folder, `plan-${waves.length}.json`) }, first, occasion);
      waves.push(last);
    }
    if (last.told) return last.outcome.exitCode;
    const changes = waves.flatMap(({ outcome }) => outcome.changes);
    const { ends } = first.whole;
    const outcome = { ...last.outcome, changes, ends };
    const waits = outcome.exitCode === EXIT.fine && last.waiting.open.length + last.waiting.later.length > 0;
    const exitCode = waits ? EXIT.waiting : outcome.exitCode;
    const { open: steps, later } = last.waiting;
    if (console.asJson) console.json({ ...outcomeDocument("up", stackName, outcome), exitCode, ...(waits ? { steps, later } : {}) });
    else
      console.result(
        [
          ...failuresText(outcome.failures),
          ...findingsText(outcome.findings),
          ...endsText(ends),
          `${stack.target.project}/${stackName}: ${summaryText(changes, "done")}.`,
          ...(waits ? ["", openStepsText(last.waiting)] : []),
        ].join("\n"),
      );
    return exitCode;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const upCommand = stackCommand({
  name: "up",
  summary: "preview, ask, and apply exactly what was previewed",
  options: [
    ...reportOptions(),
    new Option("--plan <file>", "apply exactly what was reviewed: refuse when anything moved since --save-plan"),
  ],
  run: up,
});
