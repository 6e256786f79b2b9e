import { createInterface } from "node:readline/promises";
import { InvalidInput } from "../errors.js";

/** Asks a person, or takes `--yes` for the answer. Without either nothing is done. */
export async function confirmed(question: string, yes: boolean): Promise<boolean> {
  if (yes) return true;
  if (!process.stdin.isTTY) {
    throw new InvalidInput({ what: "needs a confirmation, and there is no terminal to ask on", advice: "Run again with --yes." });
  }
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await prompt.question(`${question} [y/N] `)).trim());
  } finally {
    prompt.close();
  }
}
