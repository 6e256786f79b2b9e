/**
 * The dangers in examples/guardrails: what Gatehouse says of each, and that nothing of it reaches the server. A folder holds the stack that
 * is dangerous in itself (`gatehouse.yaml`), or is dangerous after another one (`before.yaml`); without `gatehouse.yaml` it is destroyed.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { asWritten, copyExample } from "./support/copy-example.js";
import { gatehouse } from "./support/gatehouse.js";
import { inDays } from "./support/in-days.js";
import { startTestServer, type TestServer } from "./support/start-server.js";

const EXAMPLES = join(import.meta.dirname, "..", "examples", "guardrails");
const DANGERS = readdirSync(EXAMPLES);
const URL_IN_EXAMPLES = "http://127.0.0.1:8787";
const NO_DIGEST = "0000000000000000";
/** Last day of the approval in an example, and the day that stands for it. */
const LAST_DAY = "2027-01-31";
const SOON = inDays(28);

test("there are twelve dangers", () => {
  expect(DANGERS).toHaveLength(12);
});

test.concurrent.for(DANGERS)(
  "%s is stopped before one write, with the words that the example shows",
  { timeout: 180_000 },
  async (danger, { expect }) => {
    await using server = await startTestServer();
    const example = join(EXAMPLES, danger);
    const stack = join(mkdtempSync(join(tmpdir(), "danger-")), "stack");
    mkdirSync(stack);
    const file = join(stack, "gatehouse.yaml");
    const environment = { GATEHOUSE_TOKEN: server.token, GATEHOUSE_FIRST_PASSWORD: "first-password-1", GATEHOUSE_URL: server.url };
    const run = (...args: string[]) => gatehouse([...args, "gatehouse.yaml"], environment, stack);
    const before = join(example, "before.yaml");
    const after = join(example, "gatehouse.yaml");
    if (existsSync(before)) {
      copyExample(before, file);
      const up = await run("up", "--yes");
      expect(up.exitCode, `${up.stdout}${up.stderr}`).toBe(0);
    }
    const writes = await writesOn(server);
    if (existsSync(after)) writeFileSync(file, await withDigest(dated(after, file), file, () => run("preview", "--json")));

    const stopped = await run(...(existsSync(after) ? ["up", "--yes"] : ["destroy", "--yes"]));
    expect(stopped.exitCode, stopped.stderr).toBe(3);
    expect(await writesOn(server)).toEqual(writes);
    await expect(masked(stopped.stdout)).toMatchFileSnapshot(join(example, "says.txt"));
  },
);

function dated(example: string, file: string): string {
  copyExample(example, file);
  return readFileSync(file, "utf8");
}

/** An approval in an example cannot know the digest of a change on another server: it gets the one that a preview prints. */
async function withDigest(example: string, file: string, preview: () => ReturnType<typeof gatehouse>): Promise<string> {
  const text = example.replace(LAST_DAY, SOON);
  writeFileSync(file, text);
  if (!text.includes(NO_DIGEST)) return text;
  const { gates } = (await preview()).json<{ gates: { closed: { change: string }[] } }>();
  return text.replace(NO_DIGEST, gates.closed[0]?.change ?? "");
}

/** Everything that was ever written on the server, as its own audit log says. */
async function writesOn(server: TestServer): Promise<unknown> {
  return (await server.api("GET", "/v1/audit?limit=1000")).body;
}

function masked(text: string): string {
  return asWritten(text)
    .replaceAll(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, "<id>")
    .replaceAll(/\b[0-9a-f]{16}\b/g, "<digest>")
    .replaceAll(SOON, LAST_DAY)
    .replaceAll(/\d+ days?/g, "<days>")
    .replaceAll(URL_IN_EXAMPLES, "<url>");
}
