/** The pack in the real engine: on stack files and programs, as a file and as a folder. */
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { exampleAt, gatehouse, stackAt } from "../support/gatehouse.js";
import { plainPulumi } from "../support/plain-pulumi.js";
import { startTestServer } from "../support/start-server.js";

const REPOSITORY = join(import.meta.dirname, "..", "..");
const PROGRAM = join(import.meta.dirname, "programs", "shared-key");
const PACK_FILE = join(REPOSITORY, "dist", "provider", "policies", "main.js");
const PACK_FOLDER = join(REPOSITORY, "provider", "policies", "pack-folder");
const STACK = "policy-test";
interface Sarif {
  readonly runs: readonly { readonly results: readonly SarifResult[] }[];
}
interface SarifResult {
  readonly ruleId: string;
  readonly locations: readonly { readonly physicalLocation: { readonly region: unknown } }[];
}

const TIMEOUT_MS = 120_000;

afterAll(() => rmSync(join(PROGRAM, `Pulumi.${STACK}.yaml`), { force: true }));

describe("a program", () => {
  it.each([
    ["file", PACK_FILE],
    ["folder", PACK_FOLDER],
  ])("is stopped by the pack as a %s in plain pulumi, with its exceptions", { timeout: TIMEOUT_MS }, async (_form, pack) => {
    await using server = await startTestServer();
    const pulumi = await plainPulumi();
    const variables = { GATEHOUSE_URL: server.url, GATEHOUSE_TOKEN: server.token };
    await pulumi.run(PROGRAM, ["stack", "init", STACK], variables);
    const preview = await pulumi.run(PROGRAM, ["preview", "--stack", STACK, "--policy-pack", pack], variables);
    expect(preview.exitCode, preview.output).not.toBe(0);
    expect(preview.output).toContain("ApiKey shared (project) is a production key that is not locked to a project.");
    expect(preview.output).not.toContain("ApiKey excepted (project)");
    expect(preview.output).toMatch(/\[mandatory\] +production-key-is-locked/);

    const up = await pulumi.run(PROGRAM, ["up", "--yes", "--skip-preview", "--stack", STACK, "--policy-pack", pack], variables);
    expect(up.exitCode).not.toBe(0);
    const keys = (await server.api("GET", "/v1/keys")).body.items as { name: string }[];
    expect(keys.map(({ name }) => name)).not.toContain("shared");
  });

  it("is stopped by gatehouse before anything is written", { timeout: TIMEOUT_MS }, async () => {
    await using server = await startTestServer();
    const { backend } = await plainPulumi();
    const environment = { ...backend, GATEHOUSE_URL: server.url, GATEHOUSE_TOKEN: server.token };
    const up = await gatehouse(["up", PROGRAM, "--stack", STACK, "--yes", "--json"], environment);
    expect(up.exitCode, up.stderr).toBe(3);
    const { violations } = up.json<{ violations: { rule: string; name: string; level: string }[] }>();
    const fix = expect.stringMatching(/^Nest it under its project/);
    expect(violations).toContainEqual(
      expect.objectContaining({ rule: "production-key-is-locked", name: "shared", level: "mandatory", fix }),
    );
    expect((await server.api("GET", "/v1/keys")).body.items).toEqual([]);
  });
});

describe("a stack file", () => {
  const shared = (url: string, more = "") => `name: acme
controlPlane: { system: gatehouse, url: "${url}" }
keys:
  shared: { environment: production, ownerType: service, owner: ada@acme.example, consumer: one-service, hourlyUsd: 1, expiresAt: 2026-12-31 }
${more}`;

  it("is stopped with the line that is wrong, in words, JSON and SARIF, and nothing is written", { timeout: TIMEOUT_MS }, async () => {
    await using server = await startTestServer();
    const stack = stackAt(shared(server.url));
    const sarif = join(stack, "found.sarif");
    const environment = { GATEHOUSE_TOKEN: server.token };
    const preview = await gatehouse(["preview", stack, "--sarif", sarif], environment);
    expect(preview.exitCode, preview.stderr).toBe(3);
    expect(preview.stdout).toMatch(/^BLOCKED /);
    expect(preview.stdout).toMatch(
      /The guardrail production-key-is-locked stops this run: ApiKey keys\/shared \(project\) is a production key/,
    );
    expect(preview.stdout).toMatch(/is not locked to a project.*gatehouse\.yaml:4/);

    const { runs } = JSON.parse(readFileSync(sarif, "utf8")) as Sarif;
    const result = runs[0]?.results.find(({ ruleId }) => ruleId === "production-key-is-locked");
    expect(result?.locations[0]?.physicalLocation.region).toEqual({ startLine: 4, startColumn: 3 });

    const up = await gatehouse(["up", stack, "--yes", "--json"], environment);
    expect(up.exitCode).toBe(3);
    expect((await server.api("GET", "/v1/keys")).body.items).toEqual([]);
  });

  it("passes with a dated exception, which every preview shows, and is audited with the same words", { timeout: TIMEOUT_MS }, async () => {
    await using server = await startTestServer();
    const exception = `governance:
  settings: { exceptions-are-in-force: { maxDays: 99999 } }
  exceptions: [{ rule: production-key-is-locked, object: keys/shared, reason: moves to a project this month, until: 2099-01-31 }]
`;
    const stack = stackAt(shared(server.url, exception));
    const environment = { GATEHOUSE_TOKEN: server.token };
    expect((await gatehouse(["up", stack, "--yes"], environment)).exitCode).toBe(0);
    const preview = await gatehouse(["preview", stack, "--expect-no-changes"], environment);
    expect([preview.exitCode, preview.stdout]).toEqual([0, "No changes.\n"]);
    expect(preview.stderr).toContain("1 excepted");
    const verbose = await gatehouse(["preview", stack, "--verbose"], environment);
    expect(verbose.stdout).toMatch(/2099-01-31.*moves to a project this month/s);
    const audit = await gatehouse(["audit", stack], environment);
    expect([audit.exitCode, audit.stdout]).toEqual([0, expect.stringContaining("[production-key-is-locked, excepted]")]);
    const live = await gatehouse(["audit", stack, "--from", "live", "--json"], environment);
    expect(live.json<{ violations: { rule: string }[] }>().violations.map(({ rule }) => rule)).toContain("production-key-is-locked");
  });

  it("is mended on the way where that is asked for and safe, and stays so", { timeout: TIMEOUT_MS }, async () => {
    await using server = await startTestServer();
    const stack = stackAt(`name: acme
controlPlane: { system: gatehouse, url: "${server.url}" }
security: { sessionMinutes: 2000 }
governance: { settings: { sessions-are-bounded: remediate } }
`);
    const environment = { GATEHOUSE_TOKEN: server.token };
    const up = await gatehouse(["up", stack, "--yes"], environment);
    expect(up.exitCode, `${up.stdout}${up.stderr}`).toBe(0);
    expect((await server.api("GET", "/v1/security-policy")).body).toMatchObject({ sessionMinutes: 720 });
    expect((await gatehouse(["preview", stack, "--expect-no-changes"], environment)).exitCode).toBe(0);
  });
});

it("examples/quickstart passes the recommended preset, by gatehouse and by the pack", { timeout: TIMEOUT_MS }, async () => {
  await using server = await startTestServer();
  const preview = await gatehouse(["preview", exampleAt("quickstart", server.url), "--json"], { GATEHOUSE_TOKEN: server.token });
  expect(preview.exitCode, preview.stderr).toBe(0);
  expect(preview.json<{ violations: { level: string }[] }>().violations.filter(({ level }) => level === "mandatory")).toEqual([]);
});
