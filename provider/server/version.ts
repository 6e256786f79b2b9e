import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Version of the package that this file belongs to, run from source or from the build. */
export const VERSION = versionAbove(import.meta.dirname);

function versionAbove(directory: string): string {
  try {
    const { name, version } = JSON.parse(readFileSync(join(directory, "package.json"), "utf8")) as { name?: string; version?: string };
    if (name === "pulumi-gatehouse" && version !== undefined) return version;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const above = dirname(directory);
  return above === directory ? "unknown" : versionAbove(above);
}
