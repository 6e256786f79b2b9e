import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { InvalidInput } from "../../errors.js";
import { cannotBeWritten, writeOutput } from "../output-files.js";

/** The file that says what became of everything. Its second line tells it from one that a person wrote. */
export const REPORT_FILE = "PROMOTION.md";
const OURS = /^Written by `gatehouse promote`/m;

interface NewFile {
  readonly name: string;
  readonly text: string;
}

/**
 * Writes a stack into a folder. What a person has there is never overwritten: without `force` nothing is written and InvalidInput says
 * why, with it the former files stay beside the new ones.
 */
export function writeFolder(folder: string, files: readonly NewFile[], force: boolean): void {
  const inTheWay = existsSync(folder) ? filesInTheWay(folder, files) : [];
  if (inTheWay.length > 0 && !force) {
    throw new InvalidInput({
      subject: folder,
      what: `holds what this would write over or beside: ${inTheWay.join(", ")}`,
      advice: "Give another folder with --folder, or --force to keep them there as FILE.before, or --report-only to write nothing.",
    });
  }
  try {
    mkdirSync(folder, { recursive: true });
    for (const name of inTheWay) renameSync(join(folder, name), freeName(join(folder, `${name}.before`)));
  } catch (cause) {
    throw cannotBeWritten(folder, cause);
  }
  for (const { name, text } of files) writeOutput(join(folder, name), text);
}

/** Files of the same name with another text, and others that would be read as part of the stack. */
function filesInTheWay(folder: string, files: readonly NewFile[]): readonly string[] {
  const texts = new Map(files.map(({ name, text }) => [name, text]));
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const { name } = entry;
    if (entry.isDirectory() || !(texts.has(name) || /^[^.].*\.ya?ml$/.test(name))) return [];
    if (/^gatehouse\.confirmations\./.test(name)) return [];
    const there = readFileSync(join(folder, name), "utf8");
    const isSame = there === texts.get(name) || (name === REPORT_FILE && OURS.test(there));
    return isSame ? [] : [name];
  });
}

function freeName(file: string): string {
  for (let count = 1; ; count++) {
    const name = count === 1 ? file : `${file}.${count}`;
    if (!existsSync(name)) return name;
  }
}
