import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { compiled } from "./package-root.js";

/** Name under which the engine looks for the host of Node programs. Official installations bring it, a build with Go does not. */
export const LANGUAGE_HOST = "pulumi-language-nodejs";

/** Writes a script that starts our stand-in language host with the Node that runs now. */
export async function placeLanguageHost(folder: string): Promise<void> {
  await writeFile(join(folder, LANGUAGE_HOST), languageHostLauncher());
  await chmod(join(folder, LANGUAGE_HOST), 0o755);
}

export function languageHostLauncher(): string {
  return `#!/bin/sh\nexec ${quoted(process.execPath)} ${quoted(compiled("provider/engine/language-host/main.js"))} "$@"\n`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
