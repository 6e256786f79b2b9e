import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { start } from "../support/gatehouse.js";
import { HEAD, type Scenario, startScenario } from "./scenario.js";
import { startWatching } from "./watching.js";

interface Told {
  readonly name: string;
  readonly class: string;
  readonly heldBy?: string;
}

interface Pass {
  readonly exitCode: number;
  readonly inSync: boolean;
  readonly repaired: readonly Told[];
  readonly changed: readonly Told[];
  readonly left: readonly (Told & { readonly next: string; readonly why: string })[];
  readonly findings: readonly Told[];
  readonly unmanaged: readonly { readonly key: string; readonly class: string }[];
}

const CHECKOUT = "projects/checkout";
const BILLING = `${CHECKOUT}/keys/billing`;
const REPORTS = `${CHECKOUT}/keys/reports`;
const ALL = "budgets/all";
const ADA = "members/ada@acme.example";

interface Declared {
  readonly description?: string;
  readonly amountUsd?: number;
  readonly reports?: string;
  readonly members?: string;
  readonly reconcile?: string;
}

const stack = ({ description = "Pays.", amountUsd = 500, reports = "reports: { environment: development }", ...more }: Declared) => `${HEAD}
members:
  ada@acme.example: viewer
${more.members ?? ""}
budgets: { all: { amountUsd: ${amountUsd}, period: month } }
projects:
  checkout:
    name: Checkout AI
    description: ${description}
    keys:
      billing: { environment: production, owner: ada@acme.example, monthlyUsd: 50, description: Bills. }
      ${reports}
governance: { preset: audit-only, reconcile: { ${more.reconcile ?? ""} } }
`;

/** Each test goes on where the one before ended. */
describe("a reconciliation pass", { timeout: 180_000 }, () => {
  let scenario: Scenario;
  let path: Readonly<Record<"project" | "ada" | "budget" | "billing" | "reports", string>>;

  beforeAll(async () => {
    scenario = await startScenario(stack({}));
    await scenario.up();
    const at = async (collection: string, property: string, value: string) =>
      `${collection}/${(await scenario.object(collection, property, value)).id}`;
    path = {
      project: await at("/v1/projects", "slug", "checkout"),
      ada: await at("/v1/members", "user", "ada@acme.example"),
      budget: await at("/v1/budgets", "name", "all"),
      billing: await at("/v1/keys", "name", "billing"),
      reports: await at("/v1/keys", "name", "reports"),
    };
  }, 90_000);
  afterAll(async () => scenario?.[Symbol.asyncDispose]());

  const get = async (object: keyof typeof path) => (await scenario.server.api("GET", path[object])).body;
  const change = async (object: keyof typeof path, wire: object) => {
    expect((await scenario.server.api("PATCH", path[object], wire)).status).toBe(200);
  };
  const pass = async (...options: string[]) => {
    const ran = await scenario.run("reconcile", ["--json", ...options]);
    if (ran.stdout === "") throw new Error(ran.stderr);
    return ran.json<Pass>();
  };
  /** A pass that has begun to write, and whose write takes so long. */
  const writing = async (ms: number) => {
    scenario.proxy.failNext({ kind: "delay", ms }, { method: "PATCH" });
    const isWriting = () => expect(scenario.proxy.requests.some(({ method }) => method === "PATCH")).toBe(true);
    scenario.proxy.requests.splice(0);
    const running = start(["reconcile", scenario.folder, "--json"], { ...scenario.environment, GATEHOUSE_TIMEOUT_MS: "20000" });
    await vi.waitFor(isWriting, { timeout: 60_000, interval: 20 });
    return running;
  };
  const classed = (told: readonly Told[]) => told.map(({ name, class: driftClass }) => `${name} ${driftClass}`);

  it("puts back what is cosmetic, and tells what concerns security and money, revoked keys, and what nobody declared", async () => {
    await change("project", { description: "Changed by hand." });
    await change("billing", { description: "Changed by hand." });
    await change("ada", { role: "admin" });
    await change("budget", { amountUsd: 900 });
    await scenario.server.api("DELETE", path.reports);
    await scenario.server.api("POST", "/v1/members", { user: "eve@acme.example", role: "admin" });
    const file = join(scenario.folder, "pass.json");

    const told = await pass("--out", file);
    expect(told).toMatchObject({ exitCode: 7, inSync: false, changed: [] });
    // The key is put back though its owner, on whom it depends, is left as is.
    expect(classed(told.repaired)).toEqual([`${CHECKOUT} cosmetic`, `${BILLING} cosmetic`]);
    expect(classed(told.left)).toEqual([`${ALL} money`, `${ADA} security`]);
    expect(told.left[0]?.next).toContain(`Run \`gatehouse up ${scenario.folder} --stack dev\``);
    expect(told.findings).toMatchObject([{ name: REPORTS, value: "revoked", class: "security" }]);
    expect(told.unmanaged).toMatchObject([{ key: "eve@acme.example", class: "security" }]);
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(told);
    expect(statSync(file).mode & 0o777).toBe(0o600);

    expect(await get("project")).toMatchObject({ description: "Pays." });
    expect(await get("billing")).toMatchObject({ description: "Bills." });
    expect(await get("ada")).toMatchObject({ role: "admin" });
    expect(await get("budget")).toMatchObject({ amountUsd: 900 });
    const keys = (await scenario.objects("/v1/keys")).map(({ name, status }) => [name, status]);
    expect(keys.toSorted()).toEqual([
      ["billing", "active"],
      ["reports", "revoked"],
    ]);
  });

  it("puts back more where the policy says so, applies what the declaration changed, and tells the two apart", async () => {
    const members = '  $ignore: [{ match: eve@acme.example, reason: "Is known to all." }]';
    scenario.declare(stack({ description: "Pays all.", reports: "", members, reconcile: "security: repair, money: repair" }));
    const told = await pass();
    expect(told).toMatchObject({ exitCode: 0, left: [], findings: [], unmanaged: [] });
    expect(classed(told.repaired)).toEqual([`${ALL} money`, `${ADA} security`]);
    expect(told.changed.map(({ name }) => name)).toEqual(["governance", CHECKOUT, REPORTS]);
    expect(await get("ada")).toMatchObject({ role: "viewer" });
    expect(await get("budget")).toMatchObject({ amountUsd: 500 });
    expect(await get("project")).toMatchObject({ description: "Pays all." });
  });

  it("writes nothing and exits 0 when all is in sync", async () => {
    scenario.methodsSeen();
    expect(await pass()).toMatchObject({ exitCode: 0, inSync: true, repaired: [], changed: [] });
    expect(scenario.methodsSeen()).toEqual(["GET"]);
  });

  it("holds a declared change back that a gate stops, exits 3, and still puts back what drifted", async () => {
    scenario.declare(stack({ reports: "", amountUsd: 5000, reconcile: "security: repair, money: repair" }));
    await change("billing", { description: "Changed by hand." });
    const told = await pass();
    expect(told.exitCode).toBe(3);
    expect(classed(told.repaired)).toEqual([`${BILLING} cosmetic`]);
    expect(told.left.map(({ name, heldBy }) => `${name} ${heldBy}`)).toContain(`${ALL} gate`);
    expect(told.changed).toEqual([]);
    expect(await get("budget")).toMatchObject({ amountUsd: 500 });
    expect(await get("billing")).toMatchObject({ description: "Bills." });
  });

  it("wins against a second one at the same time, which exits 5 and changes nothing", async () => {
    await change("billing", { description: "Changed by hand." });
    scenario.declare(stack({ reports: "", reconcile: "money: report" }));
    const first = await writing(12_000);
    const second = await scenario.run("reconcile");
    expect(second, second.stdout).toMatchObject({ exitCode: 5, stderr: expect.stringContaining("is held by process") });
    const ended = await first.ended;
    expect(
      ended.json<Pass>().repaired.map(({ name }) => name),
      ended.stderr,
    ).toEqual([BILLING]);
    expect(await get("billing")).toMatchObject({ description: "Bills." });
  });

  it("that was killed is made good by the next, here by a watcher with health and metrics that ends on a signal", async () => {
    await change("billing", { description: "Changed by hand." });
    const killed = await writing(2000);
    killed.kill("SIGKILL");
    await killed.ended;

    await using watcher = await startWatching(scenario.folder, { ...scenario.environment, GATEHOUSE_TIMEOUT_MS: "3000" });
    expect(await watcher.get("/healthz")).toMatchObject({ status: 200, body: { healthy: true, lastPass: null } });
    const { body } = await watcher.afterPass();
    expect(body).toMatchObject({ healthy: true, failuresInARow: 0, lastPass: { exitCode: 7, outcome: "drift_left" } });
    expect(await get("billing")).toMatchObject({ description: "Bills." });

    const { text } = await watcher.get("/metrics");
    expect(text).toContain('gatehouse_reconcile_passes_total{outcome="drift_left",stack="dev"} 1');
    expect(text).toContain('gatehouse_reconcile_unmanaged_objects{kind="OrganizationMember",stack="dev"} 1');
    expect(text).toMatch(/gatehouse_reconcile_last_success_timestamp_seconds\{stack="dev"\} \d+/);
    expect(text).not.toMatch(/eve@|billing/);
    expect(await watcher.end("SIGTERM")).toMatchObject({ exitCode: 0 });
  });

  it("needs a stack that was applied, and what is there", async () => {
    const other = await scenario.run("reconcile", ["--stack", "other"]);
    expect(other).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("acme/other: was never applied") });
    expect(await scenario.run("reconcile", ["--no-refresh"])).toMatchObject({ exitCode: 2 });
  });
});
