import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { InvalidInput } from "../errors.js";

/** Makes the folders of files that options name, before anything else is done. Throws InvalidInput where one cannot be made. */
export function makeFolders(files: readonly string[]): void {
  for (const file of files) {
    try {
      mkdirSync(dirname(file), { recursive: true });
    } catch (cause) {
      throw cannotBeWritten(file, cause);
    }
  }
}

/** Writes a file that an option names. Throws InvalidInput where it cannot be written. */
export function writeOutput(file: string, content: string): void {
  try {
    writeFileSync(file, content);
  } catch (cause) {
    throw cannotBeWritten(file, cause);
  }
}

export function cannotBeWritten(file: string, cause: unknown): InvalidInput {
  const { code } = cause as NodeJS.ErrnoException;
  return new InvalidInput({
    subject: file,
    what: `cannot be written (${code})`,
    advice: "Name a file in a folder that you may write to.",
    cause,
  });
}
