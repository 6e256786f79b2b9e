/** The pairs in examples/pull-requests: what a reviewer reads in the comment, as a golden file beside each pair. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { asWritten, copyExample } from "./support/copy-example.js";
import { gatehouse } from "./support/gatehouse.js";
import { startTestServer } from "./support/start-server.js";

const EXAMPLES = join(import.meta.dirname, "..", "examples", "pull-requests");
const PAIRS = readdirSync(EXAMPLES);

test("there are twelve pairs", () => {
  expect(PAIRS).toHaveLength(12);
});

test.concurrent.for(PAIRS)("%s has the comment that stands beside it", { timeout: 240_000 }, async (pair, { expect }) => {
  await using server = await startTestServer();
  const folder = join(mkdtempSync(join(tmpdir(), "pull-request-")), "stack");
  mkdirSync(folder);
  const environment = { GATEHOUSE_TOKEN: server.token, GATEHOUSE_URL: server.url, GATEHOUSE_HOOK_SECRET: "hush-hook" };
  const run = (...args: string[]) => gatehouse([...args, "gatehouse.yaml"], environment, folder);
  copyExample(join(EXAMPLES, pair, "before.yaml"), join(folder, "gatehouse.yaml"));
  const up = await run("up", "--yes");
  expect(up.exitCode, `${up.stdout}${up.stderr}`).toBe(0);

  copyExample(join(EXAMPLES, pair, "after.yaml"), join(folder, "gatehouse.yaml"));
  const preview = await run("preview", "--out", "comment.md", "--out", "report.json");
  const { verdict } = JSON.parse(readFileSync(join(folder, "report.json"), "utf8")) as { verdict: string };
  expect(["safe", "review"].includes(verdict) ? 0 : 3, preview.stderr).toBe(preview.exitCode);
  await expect(masked(readFileSync(join(folder, "comment.md"), "utf8"))).toMatchFileSnapshot(join(EXAMPLES, pair, "comment.md"));
});

/** Ids and digests are the server's and the state's own. */
function masked(text: string): string {
  return asWritten(text)
    .replaceAll(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, "<id>")
    .replaceAll(/\b[0-9a-f]{12,64}\b/g, "<digest>")
    .replaceAll(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, "<time>");
}
