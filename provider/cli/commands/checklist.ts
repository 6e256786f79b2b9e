import { Option } from "commander";
import { stepMarkdown, stepText } from "../../dashboard/step-text.js";
import { EXIT } from "../../errors.js";
import type { CommandInput } from "../command.js";
import { stackCommand } from "../command-line.js";
import { openStack } from "../engine-stack.js";
import { judgedPlan, refusalText } from "../judged-plan.js";
import { attestedDaysOption, type RenewOptions, renewDaysOf } from "../options.js";
import { preflight } from "../preflight.js";
import { outcomeDocument } from "../render.js";
import { reviewsOf } from "../reviews.js";
import { stateResources } from "../state.js";
import { targetAt } from "../target.js";
import { type Waiting, waitingIn } from "../waiting.js";
import { openAppliedStack } from "./renew.js";

const FORMATS = ["markdown", "text", "json"] as const;

interface ChecklistInput extends CommandInput {
  readonly format: (typeof FORMATS)[number];
  /** The steps to the end of the stack. */
  readonly destroy: boolean;
  /** Looks at what was confirmed before and is this old, in days, instead of the steps of a change. */
  readonly renewDays?: number | undefined;
}

/**
 * `gatehouse checklist STACK`: the steps that a person can do now. Sends nothing but reads and writes nothing. What a guardrail or gate
 * stops is no step for anybody: exit 3, and nothing is listed.
 */
async function checklist(input: ChecklistInput): Promise<number> {
  if (input.renewDays !== undefined) return reviewsToDo(input, input.renewDays);
  const { console, stackName, format } = input;
  const target = targetAt(input.stackPath);
  const stack = await openStack({ target, stackName, console, whenAbsent: "temporary", readOnly: true });
  if (!stack) return EXIT.failed;
  try {
    const state = await stateResources(stack);
    await preflight(stack, false, state);
    const planned = await judgedPlan(stack, input);
    if (planned.exitCode !== EXIT.fine) {
      if (console.asJson || format === "json") console.json(outcomeDocument("checklist", stackName, planned));
      else console.result(refusalText(planned));
      return planned.exitCode;
    }
    tell(input, `${target.project}/${stackName}`, waitingIn(stack, planned, state));
    return EXIT.fine;
  } finally {
    stack.close();
  }
}

type Told = Pick<Waiting, "open" | "confirmed" | "later">;

function tell({ console, stackName, format, renewDays }: ChecklistInput, name: string, waiting: Told): void {
  const { open, confirmed, later } = waiting;
  if (console.asJson || format === "json")
    console.json({ command: "checklist", stack: stackName, exitCode: EXIT.fine, steps: open, confirmed, later });
  else console.result(format === "markdown" ? markdown(name, waiting, renewDays !== undefined) : openStepsText(waiting));
}

/** `gatehouse checklist STACK --renew` */
async function reviewsToDo(input: ChecklistInput, days: number): Promise<number> {
  const stack = await openAppliedStack(input);
  const open = reviewsOf(await stateResources(stack), days, Date.now()).map(({ step }) => step);
  tell(input, `${stack.target.project}/${input.stackName}`, { open, confirmed: [], later: [] });
  return EXIT.fine;
}

function markdown(name: string, waiting: Told, isReview: boolean): string {
  const { open } = waiting;
  const command = `gatehouse confirm STACK ${isReview ? "--renew " : ""}--from FILE`;
  const how = `Do the steps in this order, fill in \`id\`, \`by\` and \`at\` of each, and confirm them with \`${command}\`, where the file is the list of these entries.`;
  return [
    `# Checklist for ${name}`,
    "",
    ...(open.length === 0 ? [] : [how, ""]),
    ...open.flatMap((step, index) => [stepMarkdown(step, index + 1), ""]),
    restText(waiting),
  ].join("\n");
}

/** The open steps in words, and what comes after them. */
export function openStepsText(waiting: Told): string {
  return [...waiting.open.map(stepText), restText(waiting)].join("\n\n");
}

function restText({ open, confirmed, later }: Told): string {
  const counted = [`${open.length} ${open.length === 1 ? "step" : "steps"} to do now`];
  if (later.length > 0) counted.push(`${later.length} later, when these are confirmed`);
  if (confirmed.length > 0) counted.push(`${confirmed.length} confirmed, which the next up records unless they need one of the others`);
  return open.length + later.length + confirmed.length === 0 ? "Nothing waits for a person." : `${counted.join("; ")}.`;
}

export const checklistCommand = stackCommand<Pick<ChecklistInput, "format" | "destroy"> & RenewOptions>({
  name: "checklist",
  summary: "list the steps that wait for a person and can be done now",
  options: [
    new Option("--format <format>", "how they are written").choices(FORMATS).default("text"),
    new Option("--destroy", "the steps to the end of the stack").default(false),
    new Option("--renew", "what was confirmed long ago, to look at again").default(false),
    attestedDaysOption("--renew lists it"),
  ],
  run: (input) => checklist({ ...input, renewDays: renewDaysOf(input) }),
});
