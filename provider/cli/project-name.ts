import { readFileSync } from "node:fs";
import { parseDocument } from "yaml";
import { declarationFile } from "./declaration-file.js";

/** The project that a STACK argument names, as far as it can be read: a stack with problems still has a name. */
export function projectNameAt(path: string): string | undefined {
  try {
    const file = declarationFile(path);
    const name: unknown = file === undefined ? undefined : parseDocument(readFileSync(file, "utf8")).get("name");
    return typeof name === "string" && name !== "" ? name : undefined;
  } catch {
    return undefined;
  }
}
