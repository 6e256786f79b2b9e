import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The folder of this package, whether this module runs compiled (from `dist/`) or as a source (in tests): the package ships files
 * that the compiler does not copy, and processes that the engine starts must find the compiled ones.
 */
export const packageRoot = nearestPackage(dirname(fileURLToPath(import.meta.url)));

function nearestPackage(folder: string): string {
  if (existsSync(join(folder, "package.json"))) return folder;
  return nearestPackage(dirname(folder));
}

/** Path of a compiled module, named as its source is: `compiled("provider/engine/install.js")`. */
export function compiled(module: string): string {
  return join(packageRoot, "dist", module);
}
