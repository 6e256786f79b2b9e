/** Each test file has a temporary folder of its own, and nothing of the caller's Gatehouse or Pulumi settings reaches it. */
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/** Where the set-up has put the Pulumi command line. */
const KEPT = ["GATEHOUSE_CACHE_DIR"];

for (const name of Object.keys(process.env)) {
  if (/^(GATEHOUSE|PULUMI)_/.test(name) && !KEPT.includes(name)) delete process.env[name];
}

const outer = process.env.TMPDIR;
const own = mkdtempSync(join(realpathSync(tmpdir()), "gatehouse-test-"));
process.env.TMPDIR = own;

afterAll(() => {
  if (outer === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = outer;
  rmSync(own, { recursive: true, force: true, maxRetries: 3 });
});
