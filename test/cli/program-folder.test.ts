import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gatehouse, type Ran } from "../support/gatehouse.js";
import { startTestServer, type TestServer } from "../support/start-server.js";

const PROGRAM = fileURLToPath(new URL("../../examples/typescript", import.meta.url));
const STACK = "program-folder-test";

/** The example runs in place: it finds this package by its name only there. */
describe("a folder with a Pulumi program", { timeout: 120_000 }, () => {
  let server: TestServer;
  let environment: Record<string, string>;

  const run = (command: string, ...options: string[]): Promise<Ran> =>
    gatehouse([command, PROGRAM, "--stack", STACK, ...options], environment);

  beforeAll(async () => {
    server = await startTestServer();
    environment = {
      GATEHOUSE_URL: server.url,
      GATEHOUSE_TOKEN: server.token,
      PULUMI_BACKEND_URL: pathToFileURL(mkdtempSync(join(tmpdir(), "backend-"))).href,
      PULUMI_CONFIG_PASSPHRASE: "only for this test",
    };
  });
  afterAll(async () => {
    await server?.close();
    rmSync(join(PROGRAM, `Pulumi.${STACK}.yaml`), { force: true });
  });

  it("takes every command that a stack file takes", async () => {
    expect((await run("validate", "--json")).json()).toMatchObject({ valid: true, form: "program" });
    const preview = await run("preview");
    expect(preview.exitCode).toBe(0);
    expect(preview.stdout).toContain("+ create ApiKey projects/checkout/keys/checkout-prod");
    expect((await server.api("GET", "/v1/audit")).body.items.filter(({ actor }: { actor: string }) => actor !== "system")).toEqual([]);

    const up = await run("up", "--yes");
    expect(up.exitCode).toBe(0);
    expect(up.stdout).toMatch(/acme-typescript\/program-folder-test: \d+ created, 1 adopted\.\n$/);
    expect((await run("preview", "--expect-no-changes")).exitCode).toBe(0);

    const { body } = await server.api("GET", "/v1/environment-limits");
    expect(body.items).toHaveLength(2);
    await server.api("PATCH", "/v1/environment-limits/production", { monthlyUsd: 9000 });
    const drift = await run("drift");
    expect(drift.exitCode).toBe(7);
    expect(drift.stdout).toContain("monthlyUsd: applied 2000, now 9000");

    const file = join(mkdtempSync(join(tmpdir(), "token-")), "token");
    expect((await run("secret", "checkout-prod", "--to", file)).exitCode).toBe(0);

    // The gates stand before a program as before a stack file.
    const destroyed = await run("destroy", "--yes");
    expect([destroyed.exitCode, destroyed.stdout]).toEqual([3, expect.stringContaining("The gate production-key-ends is closed for")]);
    expect((await server.api("GET", "/v1/projects")).body.items).toHaveLength(2);
  });
});
