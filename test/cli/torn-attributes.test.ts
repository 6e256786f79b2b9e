import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { exampleAt, gatehouse } from "../support/gatehouse.js";
import { startTestServer } from "../support/start-server.js";

it("an attribute file that a killed engine left half-written does not keep a stack from being read", { timeout: 120_000 }, async () => {
  await using server = await startTestServer();
  const stack = exampleAt("quickstart", server.url);
  const state = join(stack, "..", "state");
  mkdirSync(state);
  const environment = { GATEHOUSE_TOKEN: server.token, PULUMI_BACKEND_URL: pathToFileURL(state).href, PULUMI_CONFIG_PASSPHRASE: "" };
  expect((await gatehouse(["up", stack, "--yes"], environment)).exitCode).toBe(0);

  const folder = join(state, ".pulumi", "stacks", "acme");
  expect(readdirSync(folder)).toContain("dev.json.attrs");
  writeFileSync(join(folder, "dev.json.attrs"), '{"user.cache_con');

  const { exitCode, stdout } = await gatehouse(["preview", stack, "--expect-no-changes"], environment);
  expect(stdout.trim()).toBe("No changes.");
  expect(exitCode).toBe(0);
});
