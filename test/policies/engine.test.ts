/** The pack in the real engine: on stack files and programs, as a file and as a folder. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { exampleAt, gatehouse, stackAt } from "../support/gatehouse.js";
import { plainPulumi } from "../support/plain-pulumi.js";
import { startTestServer } from "../support/start-server.js";

const REPOSITORY = join(import.meta.dirname, "..", "..");
const PROGRAMS = join(import.meta.dirname, "programs");
const PROGRAM = join(PROGRAMS, "shared-key");
const TYPESCRIPT = join(PROGRAMS, "several-dangers");
const STACK_FILE = join(PROGRAMS, "stack-file");
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

afterAll(() => {
  for (const program of [PROGRAM, TYPESCRIPT, STACK_FILE]) rmSync(join(program, `Pulumi.${STACK}.yaml`), { force: true });
});

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

describe("several dangers at once in a strict house", () => {
  /** Within the 90 days of the preset recommended, and not within the 30 of strict. */
  const expiresAt = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
  const yaml = `name: several-dangers
controlPlane: { system: gatehouse }
governance: { preset: strict }
members: { ${["ada", "bea", "cem", "dia", "eli", "fay", "gus"].map((name) => `${name}@acme.example: admin`).join(", ")} }
projects:
  checkout:
    name: Checkout
    launch: { owner: gone@acme.example, keyOwner: ada@acme.example, workload: chat, expectedMonthlyUsd: 9, escalationContact: "#on-call" }
    keys:
      locked: { environment: production, owner: ada@acme.example, expiresAt: ${expiresAt}, hourlyUsd: 30, ownerType: service, consumer: checkout-api }
keys:
  shared: { environment: production, owner: ada@acme.example, expiresAt: ${expiresAt}, hourlyUsd: 30, ownerType: service, consumer: everybody, rates: { requestsPerMinute: 10 } }
`;

  /** What the pack tells in a preview by plain Pulumi: `level policy object`. */
  async function told(program: string, pack: string, ...options: readonly string[]): Promise<readonly string[]> {
    await using server = await startTestServer();
    const pulumi = await plainPulumi();
    const events = join(mkdtempSync(join(tmpdir(), "events-")), "events.jsonl");
    const variables = {
      GATEHOUSE_URL: server.url,
      GATEHOUSE_TOKEN: server.token,
      PULUMI_DEBUG_COMMANDS: "true",
      EXPIRES_AT: expiresAt,
      STACK_FILE: join(stackAt(yaml), "gatehouse.yaml"),
    };
    await pulumi.run(program, ["stack", "init", STACK], variables);
    const preview = await pulumi.run(
      program,
      ["preview", "--stack", STACK, "--policy-pack", pack, "--event-log", events, ...options],
      variables,
    );
    expect(preview.exitCode, preview.output).not.toBe(0);
    const told = readFileSync(events, "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .flatMap((line) => (JSON.parse(line) as { policyEvent?: PolicyTold }).policyEvent ?? []);
    return told
      .map(({ enforcementLevel, policyName, resourceUrn }) => `${enforcementLevel} ${policyName} ${resourceUrn.split("::").at(-1)}`)
      .toSorted();
  }

  interface PolicyTold {
    readonly enforcementLevel: string;
    readonly policyName: string;
    readonly resourceUrn: string;
  }

  const EVERYTHING = [
    "mandatory administrators-are-few members/fay@acme.example",
    "mandatory administrators-are-few members/gus@acme.example",
    "mandatory alerts-stand-below-limits.mandatory keys/shared",
    "mandatory alerts-stand-below-limits.mandatory projects/checkout/keys/locked",
    "mandatory keys-expire keys/shared",
    "mandatory keys-expire projects/checkout/keys/locked",
    "mandatory production-is-capped projects/checkout/keys/locked",
    "mandatory production-key-has-one-owner-and-consumer keys/shared",
    "mandatory production-key-is-locked keys/shared",
    "mandatory project-has-an-owner projects/checkout",
    "mandatory single-sign-on-is-required members/ada@acme.example",
  ];

  it.each([
    ["a TypeScript program by the pack as a file", TYPESCRIPT, PACK_FILE],
    ["a TypeScript program by the pack as a folder", TYPESCRIPT, PACK_FOLDER],
    ["a stack file by the pack as a file", STACK_FILE, PACK_FILE],
    ["a stack file by the pack as a folder", STACK_FILE, PACK_FOLDER],
  ])("are all told, each once and by its rule's name: %s", { timeout: TIMEOUT_MS }, async (_form, program, pack) => {
    expect(await told(program, pack)).toEqual(EVERYTHING);
  });

  it("are told as far as the configuration of the pack leaves it, which reaches a rule by its name", { timeout: TIMEOUT_MS }, async () => {
    const config = join(mkdtempSync(join(tmpdir(), "config-")), "config.json");
    writeFileSync(config, JSON.stringify({ "production-key-is-locked": "disabled", "keys-expire": { maxDays: 70 } }));
    const left = await told(STACK_FILE, PACK_FILE, "--policy-pack-config", config);
    expect(left).toEqual(EVERYTHING.filter((line) => !/ (production-key-is-locked|keys-expire) /.test(line)));
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
  settings: { exceptions-are-in-force: { maxDays: 36500 } }
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
