import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";

const FILES = ["Pulumi.yaml", "Pulumi.yml", "gatehouse.yaml"];

/** The project that a STACK argument names, as far as it can be read: a stack with problems still has a name. */
export function projectNameAt(path: string): string | undefined {
  try {
    const file = statSync(path).isDirectory() ? FILES.map((name) => join(path, name)).find((one) => existsSync(one)) : path;
    const name: unknown = file === undefined ? undefined : parseDocument(readFileSync(file, "utf8")).get("name");
    return typeof name === "string" && name !== "" ? name : undefined;
  } catch {
    return undefined;
  }
}
