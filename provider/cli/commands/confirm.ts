import { Option } from "commander";
import { SECRET_VARIABLE_PATTERN } from "../../../schema/field.js";
import { kindNamed } from "../../../schema/kinds/index.js";
import { confirmationProblems } from "../../dashboard/confirmation-problems.js";
import { type Confirmation, readConfirmations } from "../../dashboard/confirmations.js";
import { secretVariable } from "../../dashboard/secret-variable.js";
import type { Step } from "../../dashboard/steps.js";
import { EXIT, InvalidInput } from "../../errors.js";
import { parseObjectId } from "../../lifecycle/object-id.js";
import { askForConfirmations } from "../ask-for-confirmations.js";
import type { CommandInput } from "../command.js";
import { stackCommand } from "../command-line.js";
import { appendConfirmations, givenConfirmations, isSameConfirmation } from "../confirmation-file.js";
import { openStack } from "../engine-stack.js";
import { judgedPlan, refusalText } from "../judged-plan.js";
import { attestedDaysOption, collect, type RenewOptions, renewDaysOf } from "../options.js";
import { prepared } from "../prepared.js";
import { outcomeDocument } from "../render.js";
import { objectsIn, type StateResource } from "../state.js";
import { targetAt } from "../target.js";
import { type Waiting, waitingIn } from "../waiting.js";
import { type RenewInput, renew } from "./renew.js";
import { applyStack } from "./up.js";

interface ConfirmInput extends CommandInput {
  /** File of confirmations; a person is asked on the terminal when absent. */
  readonly from: string | undefined;
  /** `STEP=env:NAME`: the secret that was shown in a step. */
  readonly secrets: readonly string[];
  /** Steps to the end of the stack are confirmed. */
  readonly destroy: boolean;
  /** What was confirmed before and is this old, in days, is confirmed again, and nothing else. */
  readonly renewDays?: number | undefined;
}

/**
 * `gatehouse confirm STACK`: records steps as done by a person, and applies what they open. What a guardrail or gate stops is not
 * recorded: exit 3.
 */
async function confirm(input: ConfirmInput): Promise<number> {
  if (input.renewDays !== undefined) return confirmAgain({ ...input, attestedDays: input.renewDays });
  const { console, stackName } = input;
  const target = targetAt(input.stackPath);
  const stack = await openStack({ target, stackName, console, whenAbsent: "create", readOnly: false });
  if (!stack) return EXIT.failed;
  const { recovered, resources } = await prepared(stack, console, true);
  const refresh = input.refresh || recovered;
  const planned = await judgedPlan(stack, { ...input, refresh });
  if (planned.exitCode !== EXIT.fine) {
    if (console.asJson) console.json(outcomeDocument("confirm", stackName, planned));
    else console.result(refusalText(planned));
    return planned.exitCode;
  }
  const waiting = waitingIn(stack, planned, resources);
  const file = String(stack.environment.GATEHOUSE_CONFIRMATIONS);
  const recorded = readConfirmations(file);
  const given = input.from === undefined ? await askForConfirmations(waiting.open, recorded) : givenConfirmations(input.from);
  const added = given.filter((one) => !recorded.some((other) => isSameConfirmation(one, other)));
  const problems = [
    ...problemsOf(added, waiting, recorded),
    ...takenIds(resources, added, waiting),
    ...secretProblems(input.secrets, waiting),
  ];
  if (problems.length > 0) {
    throw new InvalidInput({
      what: [...problems, "nothing was recorded"].join("\n"),
      advice: "`gatehouse checklist` shows the steps as they are now.",
    });
  }
  handOver(input.secrets, waiting);
  const known = added.map((one) => ({ ...one, ...idOf(one, waiting) }));
  appendConfirmations(
    file,
    waiting.open.flatMap((step) => known.filter((one) => one.step === step.id)),
  );
  if (known.length > 0) console.progress(`Recorded ${known.length} in ${file}. It holds no secret: commit it.`);
  if (!input.destroy) return applyStack(stack, { ...input, refresh }, { resources, asConfirmed: true });
  if (console.asJson) console.json({ command: "confirm", stack: stackName, exitCode: EXIT.fine, recorded: known });
  else console.result(`Recorded ${known.length}. Run gatehouse destroy.`);
  return EXIT.fine;
}

/** Nothing is made or changed by a second look, so no secret is shown and nothing ends. */
function confirmAgain(input: ConfirmInput & RenewInput): Promise<number> {
  if (!input.destroy && input.secrets.length === 0) return renew(input);
  throw new InvalidInput({ what: "--renew goes with neither --destroy nor --secret", advice: "Confirm the two one after the other." });
}

function problemsOf(
  added: readonly Confirmation[],
  { open, confirmed, later }: Waiting,
  recorded: readonly Confirmation[],
): readonly string[] {
  return added.flatMap((one, index) => {
    const step = [...open, ...confirmed].find(({ id }) => id === one.step);
    if (step === undefined) {
      const rest = later.length > 0 ? `; steps on ${later.join(", ")} come later` : "";
      return [`${one.step}: is no step that is asked for now${rest}`];
    }
    if (step.digest !== one.digest) return [`${one.step}: the step has changed since it was confirmed: look at it again`];
    const others = added.filter((_, other) => other !== index);
    const twice = others.some(({ step: other }) => other === one.step) ? ["is confirmed twice: keep one"] : [];
    return [...twice, ...confirmationProblems(step, one, [...recorded, ...others])].map((problem) => `${one.step}: ${problem}`);
  });
}

/** Ids that objects in the state have already. */
function takenIds(resources: readonly StateResource[], added: readonly Confirmation[], { open }: Waiting): readonly string[] {
  return added.flatMap((one) => {
    const step = open.find(({ id, needsId }) => id === one.step && needsId);
    const kind = kindNamed(step?.kind ?? "");
    if (step === undefined || kind === undefined) return [];
    const holder = objectsIn(resources, kind.name).find(
      (object) => object.name !== step.object && parseObjectId(kind, object.id ?? "").id === one.id && isOnPlane(step, object.name),
    );
    return holder === undefined ? [] : [`${one.step}: id ${one.id} is that of ${holder.name} already`];
  });
}

/** Logical names of objects on a control plane other than `main` begin with its name. */
function isOnPlane({ id, object }: Step, other: string): boolean {
  const prefix = `controlPlanes/${id.slice(0, id.indexOf(":"))}/`;
  return object.startsWith(prefix) === other.startsWith(prefix);
}

/** The object's own id goes into the record, so that its end can be told from that of a namesake. */
function idOf({ step, id }: Confirmation, { open }: Waiting): { readonly id?: string } {
  const known = id ?? open.find((one) => one.id === step)?.objectId;
  return known === undefined ? {} : { id: known };
}

function secretProblems(secrets: readonly string[], { open, confirmed }: Waiting): readonly string[] {
  return secrets.flatMap((text) => {
    const { step: id, variable } = secretOf(text);
    const step = [...open, ...confirmed].find((one) => one.id === id);
    if (variable === undefined) return ["--secret: write STEP=env:GATEHOUSE_NAME"];
    if (step === undefined || !step.reveals) return [`--secret ${id}: no step of this name shows a secret now`];
    if (!new RegExp(SECRET_VARIABLE_PATTERN).test(variable))
      return [`--secret ${id}: only variables that begin with GATEHOUSE_ may be named`];
    return process.env[variable] ? [] : [`--secret ${id}: needs the variable ${variable}, which is not set`];
  });
}

function secretOf(text: string): { readonly step: string; readonly variable: string | undefined } {
  const [, step = "", variable] = /^(.+)=env:(\w+)$/.exec(text) ?? [];
  return { step, variable };
}

/** The provider's host reads it when it records the object; nothing else of it stays. */
function handOver(secrets: readonly string[], { open, confirmed }: Waiting): void {
  for (const { step: id, variable } of secrets.map(secretOf)) {
    const step = [...open, ...confirmed].find((one) => one.id === id);
    if (step !== undefined) process.env[secretVariable(step)] = process.env[variable ?? ""];
  }
}

interface Options extends RenewOptions, Pick<ConfirmInput, "from" | "destroy"> {
  readonly secret: readonly string[];
}

export const confirmCommand = stackCommand<Options>({
  name: "confirm",
  summary: "record steps as done by a person, and apply what follows",
  options: [
    new Option("--from <file>", "file with a list of { step, digest, id, by, at }; asked for on the terminal when absent"),
    new Option("--secret <step=env:NAME>", "variable with the secret that a step showed; may be repeated").argParser(collect).default([]),
    new Option("--destroy", "steps to the end of the stack; run destroy afterwards").default(false),
    new Option("--renew", "say again, without any change, what was confirmed long ago").default(false),
    attestedDaysOption("--renew asks"),
  ],
  run: ({ secret: secrets, ...input }) => confirm({ ...input, secrets, renewDays: renewDaysOf(input) }),
});
