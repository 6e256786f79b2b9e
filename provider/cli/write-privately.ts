import { randomUUID } from "node:crypto";
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { InvalidInput } from "../errors.js";

/** Writes a file of mode 0600, whole or not at all. Throws InvalidInput where it cannot be written. */
export function writePrivately(file: string, content: string): void {
  const draft = `${file}.${randomUUID()}.tmp`;
  try {
    const handle = openSync(draft, "wx", 0o600);
    try {
      writeFileSync(handle, content);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, file);
  } catch (cause) {
    rmSync(draft, { force: true });
    const { code } = cause as NodeJS.ErrnoException;
    throw new InvalidInput({ subject: file, what: `cannot be written (${code})`, advice: "Name a file in a folder that is there.", cause });
  }
}
