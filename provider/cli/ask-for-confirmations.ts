import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { confirmationProblems } from "../dashboard/confirmation-problems.js";
import type { Confirmation } from "../dashboard/confirmations.js";
import { secretVariable } from "../dashboard/secret-variable.js";
import { stepText } from "../dashboard/step-text.js";
import type { Step } from "../dashboard/steps.js";
import { InvalidInput } from "../errors.js";

/** Where a person is asked. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream;
}

/** Shows each step on the terminal and asks whether it was done. Secrets are typed without echo and go to this run alone. */
export async function askForConfirmations(
  open: readonly Step[],
  recorded: readonly Confirmation[],
  { input, output: screen }: Terminal = { input: process.stdin, output: process.stderr },
): Promise<readonly Confirmation[]> {
  if (!input.isTTY) {
    throw new InvalidInput({
      what: "needs confirmations, and there is no terminal to ask on",
      advice: "Give them in a file: --from FILE.",
    });
  }
  let isMuted = false;
  const output = new Writable({
    write: (chunk, _encoding, done) => {
      if (!isMuted) screen.write(chunk);
      done();
    },
  });
  const prompt = createInterface({ input, output, terminal: true });
  const ask = async (question: string) => (await prompt.question(question)).trim();
  const askSecretly = async (question: string) => {
    isMuted = true;
    const answering = ask("").finally(() => {
      isMuted = false;
    });
    // Shown when the answer is listened for: what is pasted at once would be lost before.
    screen.write(question);
    const answer = await answering;
    screen.write("\n");
    return answer;
  };
  try {
    const given: Confirmation[] = [];
    if (open.length === 0) return given;
    const by = await ask("Who are you (name or e-mail)? ");
    if (by === "") throw new InvalidInput({ what: "a confirmation needs the name of whoever gives it" });
    for (const step of open) {
      screen.write(`\n${stepText(step)}\n`);
      if (!/^y(es)?$/i.test(await ask(step.operation === "review" ? "Does it show exactly this? [y/N] " : "Done exactly so? [y/N] ")))
        continue;
      given.push(await withId(step, by, [...recorded, ...given], ask, screen));
      if (!step.reveals) continue;
      const secret = await askSecretly("The secret that was shown (not echoed; empty: it stays outside): ");
      if (secret !== "") process.env[secretVariable(step)] = secret;
    }
    return given;
  } finally {
    prompt.close();
  }
}

async function withId(
  step: Step,
  by: string,
  others: readonly Confirmation[],
  ask: (question: string) => Promise<string>,
  screen: NodeJS.WritableStream,
): Promise<Confirmation> {
  const confirmation = { step: step.id, digest: step.digest, by, at: new Date().toISOString() };
  while (step.needsId) {
    const withId = { ...confirmation, id: await ask("Its id: ") };
    const problems = confirmationProblems(step, withId, others);
    if (problems.length === 0) return withId;
    screen.write(`${problems.join("\n")}\n`);
  }
  return confirmation;
}
