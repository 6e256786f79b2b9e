import { randomUUID } from "node:crypto";
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { cannotBeWritten } from "./output-files.js";

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
    throw cannotBeWritten(file, cause);
  }
}
