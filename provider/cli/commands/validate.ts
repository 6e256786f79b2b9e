import { type End, endsInStack, endText } from "../../ends/index.js";
import { EXIT } from "../../errors.js";
import { shownLine } from "../../report/render/shown-line.js";
import { renderPosition } from "../../stackfile/index.js";
import { today } from "../../today.js";
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
  const objects = declarations.length;
  const ended = endsInStack(target.stack, today()).filter(({ isSpent }) => isSpent);
  if (console.asJson) console.json({ command: "validate", valid: true, form: "stackFile", name, files, objects, ended });
  else
    console.result(
      [...ended.map(noteOf), `${name}: ${counted(objects, "object")} in ${counted(files.length, "file")}, no problems.`].join("\n"),
    );
  return EXIT.fine;
};

/** What is no problem, and worth knowing. */
function noteOf(end: End): string {
  const place = end.position === undefined ? "" : `${renderPosition(end.position)}: `;
  return shownLine(`${place}${endText(end)}`);
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

export const validateCommand = stackCommand({ name: "validate", summary: "check the declaration, without any network", run: validate });
