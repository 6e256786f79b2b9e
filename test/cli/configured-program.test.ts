/** A program without a ControlPlane, whose configuration names Floopy in rehearsal. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gatehouse, type Ran } from "../support/gatehouse.js";
import { startTestServer, type TestServer } from "../support/start-server.js";

const PROGRAM = join(import.meta.dirname, "programs", "configured");
const STACK = "configured-test";

interface Report {
  readonly report: { readonly access: readonly { readonly subject: string; readonly scope: string }[] };
}
interface Rows {
  readonly rows: readonly {
    readonly who: { readonly name: string };
    readonly in: string;
    readonly project?: string;
    readonly system: string;
  }[];
}

/** Each test goes on where the one before ended. */
describe("a program whose configuration gives its control plane", { timeout: 120_000 }, () => {
  let server: TestServer;
  let environment: Record<string, string>;

  const run = (args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Ran> => {
    const [command = "", ...options] = args;
    return gatehouse([command, PROGRAM, "--stack", STACK, ...options], { ...environment, ...more });
  };
  const places = (ran: Ran) => ran.json<Report>().report.access.map(({ subject, scope }) => `${subject}: ${scope}`);

  beforeAll(async () => {
    server = await startTestServer({ profile: "floopy" });
    environment = {
      GATEHOUSE_URL: server.url,
      GATEHOUSE_FLOOPY_TOKEN: server.token,
      PULUMI_BACKEND_URL: pathToFileURL(mkdtempSync(join(tmpdir(), "backend-"))).href,
      PULUMI_CONFIG_PASSPHRASE: "only for this test",
    };
    for (const who of ["eve", "bob"]) await server.api("POST", "/v1/members", { email: `${who}@acme.example`, role: "admin" });
  });
  afterAll(async () => {
    await server?.close();
    rmSync(join(PROGRAM, `Pulumi.${STACK}.yaml`), { force: true });
  });

  it("is previewed with who gains what in which new project, and not in every one", async () => {
    const preview = await run(["preview", "--json"]);
    expect(preview.exitCode, preview.stderr).toBe(0);
    expect(places(preview)).toEqual(["lin@acme.example: shop", "shop-dev: shop"]);
  });

  it("is told the same when a guardrail stops the engine before it has saved a plan", async () => {
    const preview = await run(["preview", "--json"], { SHARED: "yes" });
    expect(preview.exitCode, preview.stderr).toBe(3);
    expect(places(preview)).toEqual(["lin@acme.example: shop", "shared: every project", "shop-dev: shop"]);
  });

  it("has its declared access told by a plan, on the system that the configuration names", async () => {
    const access = await run(["access", "--json"]);
    expect(access.exitCode, access.stderr).toBe(0);
    expect(access.json<Rows>().rows).toMatchObject([
      { who: { name: "lin@acme.example" }, in: "project", project: "shop", system: "floopy" },
      { who: { name: "shop-dev" }, in: "project", project: "shop", system: "floopy" },
    ]);
    const live = await run(["access", "--from", "live", "--json", "--who", "eve@acme.example"]);
    expect(live.exitCode, live.stderr).toBe(0);
    expect(new Set(live.json<Rows>().rows.map(({ system }) => system))).toEqual(new Set(["floopy"]));
  });

  it("refuses names that nobody and nothing has", async () => {
    for (const [option, typed, meant] of [
      ["--project", "shpo", "shop"],
      ["--who", "lim@acme.example", "lin@acme.example"],
    ] as const) {
      const access = await run(["access", option, typed]);
      expect([access.exitCode, access.stdout]).toEqual([2, ""]);
      expect(access.stderr).toContain(`did you mean \`${meant}\`?`);
    }
  });

  it("is applied, drifts and is judged by what is there, as any other", async () => {
    expect((await run(["up", "--yes"])).exitCode).toBe(0);
    expect((await run(["preview", "--expect-no-changes"])).exitCode).toBe(0);
    const drift = await run(["drift", "--json"]);
    expect(
      drift
        .json<{ unmanaged: { key: string }[] }>()
        .unmanaged.map(({ key }) => key)
        .toSorted(),
    ).toEqual(["bob@acme.example", "eve@acme.example"]);
    const up = await run(["up", "--yes", "--json"], { ADOPTED: "eve@acme.example bob@acme.example" });
    expect(up.exitCode, up.stderr).toBe(3);
    const { gates } = up.json<{ gates: { closed: { gate: string; object: string }[] } }>();
    expect(gates.closed).toContainEqual(expect.objectContaining({ gate: "mass-removal", object: "members:admin" }));
    const members = (await server.api("GET", "/v1/members")).body.items as { email: string; role: string }[];
    expect(members.filter(({ email }) => /^(eve|bob)@/.test(email)).map(({ role }) => role)).toEqual(["admin", "admin"]);
  });
});
