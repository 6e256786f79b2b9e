import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HEAD, type Scenario, startScenario } from "./scenario.js";

interface Audit {
  readonly exitCode: number;
  readonly violations: readonly { readonly rule: string; readonly level: string }[];
  readonly findings: readonly { readonly name: string; readonly value: string; readonly message: string }[];
}

const STACK = `${HEAD}
projects:
  checkout: { name: Checkout AI, keys: { reports: { environment: development } } }
  search: { name: Search }
  support: { name: Support }
`;

/** Each test goes on where the one before ended. */
describe("what stands out of order without any change", { timeout: 120_000 }, () => {
  let scenario: Scenario;

  beforeAll(async () => {
    scenario = await startScenario(STACK);
    await scenario.up();
    const { id } = await scenario.object("/v1/keys", "name", "reports");
    await scenario.server.api("DELETE", `/v1/keys/${id}`);
    await scenario.server.api("POST", "/v1/keys", { name: "stray" });
  }, 90_000);
  afterAll(async () => scenario?.[Symbol.asyncDispose]());

  const audit = async (...options: string[]) => (await scenario.run("audit", ["--json", ...options])).json<Audit>();
  const dropped = async () => (await scenario.run("drift")).stdout.split("\n").filter((line) => line.includes("is gone")).length;

  it("is told by an audit of the control plane: keys that somebody took away, and an organization in one person's hands", async () => {
    scenario.methodsSeen();
    const { exitCode, findings } = await audit("--from", "live");
    expect(exitCode).toBe(3);
    expect(findings).toMatchObject([
      { name: "members:administrators", value: "1", message: expect.stringContaining("only owner@gatehouse.local who can act") },
      { name: "projects/checkout/keys/reports", value: "revoked" },
    ]);
    expect(scenario.methodsSeen()).toEqual(["GET"]);
  });

  it("is told by an audit of the state as far as that knows it", async () => {
    expect(await audit()).toMatchObject({ exitCode: 0, findings: [] });
    expect((await scenario.run("refresh", ["--yes"])).exitCode).toBe(0);
    expect(await audit()).toMatchObject({ exitCode: 3, findings: [{ name: "projects/checkout/keys/reports", value: "revoked" }] });
  });

  it("is judged by the declared rules of the house while none were applied", async () => {
    const mandatory = ({ violations }: Audit) => violations.filter(({ level }) => level === "mandatory").map(({ rule }) => rule);
    expect(mandatory(await audit("--from", "live", "--stack", "never-applied"))).toEqual([]);
    scenario.declare(`${STACK}governance: { preset: strict }\n`);
    expect(mandatory(await audit("--from", "live", "--stack", "never-applied"))).toContain("key-has-an-environment");
    scenario.declare(STACK);
  });

  it("leaves the state only when it is little: a refresh stops when many objects are gone at once", async () => {
    for (const slug of ["search", "support"]) {
      const { id } = await scenario.object("/v1/projects", "slug", slug);
      await scenario.server.api("DELETE", `/v1/projects/${id}`);
    }
    const refused = await scenario.run("refresh", ["--yes"]);
    expect(refused.exitCode, refused.stderr).toBe(3);
    expect(refused.stdout).toContain("losses:Project: 2 of 3 objects of the kind Project are gone from the control plane");
    expect(await dropped()).toBe(2);
  });
});
