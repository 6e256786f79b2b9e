import { existsSync, statSync } from "node:fs";
import { join } from "node:path";

const FILES = ["Pulumi.yaml", "Pulumi.yml", "gatehouse.yaml"];

/** The file that a STACK argument means: itself, or the one in that folder. Undefined where there is none. */
export function declarationFile(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  return statSync(path).isDirectory() ? FILES.map((name) => join(path, name)).find((file) => existsSync(file)) : path;
}
