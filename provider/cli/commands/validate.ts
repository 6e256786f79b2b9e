import { EXIT } from "../../errors.js";
import type { Command } from "../command.js";
import { stackCommand } from "../command-line.js";
import { targetAt } from "../target.js";

/** `gatehouse validate STACK`: no network, every problem at once. */
const validate: Command = async ({ stackPath, console }) => {
  const target = targetAt(stackPath);
  if (target.form === "program") {
    console.progress("A program is validated by running it: use `gatehouse preview`.");
    if (console.asJson) console.json({ command: "validate", valid: true, form: "program" });
    return EXIT.fine;
  }
  const { name, declarations, files } = target.stack;
  if (console.asJson) console.json({ command: "validate", valid: true, form: "stackFile", name, files, objects: declarations.length });
  else console.result(`${name}: ${counted(declarations.length, "object")} in ${counted(files.length, "file")}, no problems.`);
  return EXIT.fine;
};

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

export const validateCommand = stackCommand({ name: "validate", summary: "check the declaration, without any network", run: validate });
