import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HEAD, type Scenario, startScenario } from "./scenario.js";

const APPLIED = `${HEAD}members:
  ada@acme.example: owner
projects:
  checkout: { name: Checkout AI }
`;

/** Each test adds to what is applied and nothing else, and must leave the control plane as it is. */
describe("a change that the engine plans as creations only", { timeout: 120_000 }, () => {
  let scenario: Scenario;

  beforeAll(async () => {
    scenario = await startScenario(APPLIED);
    await scenario.up();
    const { api } = scenario.server;
    const checkout = await scenario.object("/v1/projects", "slug", "checkout");
    const { body: legacy } = await api("POST", "/v1/projects", { name: "Legacy", slug: "legacy" });
    await api("POST", "/v1/keys", { name: "older-than-us", project: legacy.id, environment: "production" });
    await api("POST", "/v1/keys", { name: "by-hand", project: checkout.id, environment: "production" });
    for (const user of ["eve@acme.example", "bob@acme.example", "lin@acme.example"])
      await api("POST", "/v1/members", { user, role: "admin" });
    await api("PATCH", "/v1/security-policy", {
      singleSignOn: { status: "required", protocol: "oidc", identityProviderUrl: "https://id.acme.example" },
    });
  }, 60_000);
  afterAll(async () => scenario?.[Symbol.asyncDispose]());

  const closed = async (declaration: string) => {
    scenario.declare(declaration);
    scenario.methodsSeen();
    const up = await scenario.run("up", ["--yes", "--json"]);
    expect(up.exitCode, up.stderr).toBe(3);
    expect(scenario.methodsSeen()).toEqual(["GET"]);
    return up
      .json<{ gates: { closed: { gate: string; object: string }[] } }>()
      .gates.closed.map(({ gate, object }) => `${gate}: ${object}`);
  };

  it("is stopped when a collection of keys becomes exclusive and a production key in it is undeclared", async () => {
    expect(await closed(APPLIED.replace("Checkout AI }", "Checkout AI, keys: { $exclusive: true } }"))).toEqual([
      "production-key-ends: projects/checkout/keys/$exclusive/by-hand",
    ]);
  });

  it("is stopped when a project is adopted and all keys in it that nobody declared would go", async () => {
    expect(await closed(`${APPLIED}  legacy: { name: Legacy, adopt: require, keys: { $exclusive: true } }\n`)).toEqual([
      "production-key-ends: projects/legacy/keys/$exclusive/older-than-us",
    ]);
  });

  it("is stopped when the members become exclusive and too many of them are undeclared", async () => {
    expect(await closed(APPLIED.replace("  ada@", "  $exclusive: true\n  ada@"))).toContain("mass-removal: members:admin");
  });

  it("is stopped when an adoption takes single sign-on from everybody", async () => {
    expect(await closed(`${APPLIED}security: { singleSignOn: { status: off } }\n`)).toEqual(["single-sign-on-off: security"]);
  });

  it("stands beside a security policy that nobody declared, which the audit of what is there judges", async () => {
    scenario.declare(APPLIED);
    await scenario.server.api("PATCH", "/v1/security-policy", { sessionMinutes: 100_000 });
    const rules = async (from: string) => {
      const { violations } = (await scenario.run("audit", ["--from", from, "--json"])).json<{ violations: { rule: string }[] }>();
      return violations.map(({ rule }) => rule);
    };
    expect(await rules("applied")).not.toContain("sessions-are-bounded");
    expect(await rules("live")).toContain("sessions-are-bounded");
  });

  it("is stopped when members that are there are adopted into lesser roles", async () => {
    const lesser = ["eve", "bob", "lin"].map((who) => `  ${who}@acme.example: { role: viewer, adopt: ifExists }\n`).join("");
    expect(await closed(APPLIED.replace("projects:", `${lesser}projects:`))).toContain("mass-removal: members:admin");
  });
});
