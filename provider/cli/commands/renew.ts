import { confirmationProblems } from "../../dashboard/confirmation-problems.js";
import { type Confirmation, confirmationsOf, readConfirmations } from "../../dashboard/confirmations.js";
import { EXIT, type ExitCode, InvalidInput } from "../../errors.js";
import { askForConfirmations } from "../ask-for-confirmations.js";
import type { CommandInput } from "../command.js";
import { appendConfirmations, givenConfirmations, isSameConfirmation } from "../confirmation-file.js";
import { runEngine } from "../engine-run.js";
import { type OpenStack, openStack } from "../engine-stack.js";
import { preflight } from "../preflight.js";
import { failuresText, outcomeDocument } from "../render.js";
import { type Review, reviewsOf } from "../reviews.js";
import { stateResources } from "../state.js";
import { targetAt } from "../target.js";

export interface RenewInput extends CommandInput {
  /** File of confirmations; a person is asked on the terminal when absent. */
  readonly from: string | undefined;
  /** Age in days from which a person is asked. A file may renew younger ones, too. */
  readonly attestedDays: number;
}

/**
 * `gatehouse confirm STACK --renew`: records that a person has looked again at what was confirmed before, and found it unchanged. The
 * new confirmation enters the state by a refresh of these objects. Changes nothing and sends nothing.
 */
export async function renew(input: RenewInput): Promise<ExitCode> {
  const { console, stackName, from, attestedDays } = input;
  const stack = await openAppliedStack(input);
  const resources = await stateResources(stack);
  await preflight(stack, false, resources);
  const now = Date.now();
  const all = reviewsOf(resources, 0, now);
  const file = String(stack.environment.GATEHOUSE_CONFIRMATIONS);
  const recorded = readConfirmations(file);
  const aged = reviewsOf(resources, attestedDays, now).map(({ step }) => step);
  const given = from === undefined ? await askForConfirmations(aged, recorded) : givenConfirmations(from);
  const added = given.filter((one) => !recorded.some((other) => isSameConfirmation(one, other)));
  const problems = added.flatMap((one) => problemsOf(one, all, [...recorded, ...added], now));
  if (problems.length > 0) {
    throw new InvalidInput({
      what: [...problems, "nothing was recorded"].join("\n"),
      advice: "`gatehouse checklist --renew` shows what can be confirmed again.",
    });
  }
  appendConfirmations(file, added);
  if (added.length > 0) console.progress(`Recorded ${added.length} in ${file}. It holds no secret: commit it.`);
  // Also those that an interrupted run has written into the file and not into the state.
  const renewed = all.filter(({ step }) => confirmationsOf(step, [...recorded, ...added]).length > 0);
  const target = renewed.map(({ urn }) => urn);
  const outcome = target.length === 0 ? undefined : await runEngine(console, "planned", (o) => stack.engine.refresh({ target, ...o }));
  const exitCode = outcome?.exitCode ?? EXIT.fine;
  const names = renewed.map(({ step }) => step.object);
  if (console.asJson) console.json({ ...(outcome && outcomeDocument("confirm", stackName, outcome)), ...said(stackName, exitCode, names) });
  else console.result([...failuresText(outcome?.failures ?? []), `Renewed ${names.length}${list(names)}.`].join("\n"));
  return exitCode;
}

/** A stack that was applied before, to read from and to refresh. */
export async function openAppliedStack({ stackPath, stackName, console }: CommandInput): Promise<OpenStack> {
  const target = targetAt(stackPath);
  const stack = await openStack({ target, stackName, console, whenAbsent: "none", readOnly: true });
  if (stack) return stack;
  throw new InvalidInput({
    subject: `${target.project}/${stackName}`,
    what: "was never applied, so nothing in it was confirmed",
    advice: "Run `gatehouse up` first, or name another --stack.",
  });
}

function problemsOf(one: Confirmation, reviews: readonly Review[], all: readonly Confirmation[], now: number): readonly string[] {
  const review = reviews.find(({ step }) => step.id === one.step);
  if (review === undefined) return [`${one.step}: is no look at an object that a person confirmed before`];
  const { step, attestedAt } = review;
  if (step.digest !== one.digest) return [`${one.step}: what is recorded has changed since: look at it again`];
  const isTwice = all.some((other) => other !== one && other.step === one.step && other.digest === one.digest);
  const isOld = Date.parse(one.at) <= Date.parse(attestedAt);
  return [
    ...confirmationProblems(step, one, all),
    ...(isTwice ? ["is confirmed twice: keep one"] : []),
    ...(isOld ? [`at must be later than ${attestedAt}, when it was confirmed last`] : []),
    ...(Date.parse(one.at) > now + CLOCKS_DIFFER_MS ? ["at lies in the future: write when it was looked at"] : []),
  ].map((problem) => `${one.step}: ${problem}`);
}

/** By how much the clock of the person's machine may be ahead. */
const CLOCKS_DIFFER_MS = 10 * 60_000;

function said(stack: string, exitCode: ExitCode, renewed: readonly string[]): Readonly<Record<string, unknown>> {
  return { command: "confirm", stack, exitCode, renewed };
}

function list(names: readonly string[]): string {
  return names.length === 0 ? "" : `: ${names.join(", ")}`;
}
