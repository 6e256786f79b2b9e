import { putPrivateFile } from "../private-file.js";
import { cannotBeWritten } from "./output-files.js";

/** Writes a file of mode 0600, whole or not at all. Throws InvalidInput where it cannot be written. */
export function writePrivately(file: string, content: string): void {
  try {
    putPrivateFile(file, content);
  } catch (cause) {
    throw cannotBeWritten(file, cause);
  }
}
