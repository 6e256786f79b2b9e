import { homedir } from "node:os";
import { resolve } from "node:path";

/** The folder that a `file://` address means to the engine. */
export function stateFolder(url: string, workDir: string): string | undefined {
  if (!url.startsWith("file://")) return undefined;
  const [path = ""] = url.slice("file://".length).split("?");
  return resolve(workDir, decodeURIComponent(path.replace(/^~(?=\/|$)/, homedir())));
}
