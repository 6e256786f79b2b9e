import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../dist/provider/cli/main.js", import.meta.url));
const INHERITED = ["HOME", "TMPDIR", "XDG_CACHE_HOME", "GATEHOUSE_CACHE_DIR"];

/** What a job's machine has of its own: Node, and the `gatehouse` that the workflow installs, here the one of this repository. */
export function machineEnvironment(): Record<string, string> {
  const bin = mkdtempSync(join(tmpdir(), "bin-"));
  const gatehouse = join(bin, "gatehouse");
  writeFileSync(gatehouse, `#!/bin/sh\nexec "${process.execPath}" "${MAIN}" "$@"\n`);
  chmodSync(gatehouse, 0o755);
  const inherited = INHERITED.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]] as const]));
  return { ...Object.fromEntries(inherited), PATH: [bin, dirname(process.execPath), process.env.PATH].join(delimiter), CI: "true" };
}

/** A folder for the state, as a job names it. */
export function stateFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "state-"));
  return `file://${folder}`;
}
