import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HEAD, type Scenario, startScenario } from "./scenario.js";

const stack = (billing: string, more = "") => `${HEAD}projects:
  checkout:
    name: Checkout AI
    keys:
      billing: { environment: production, monthlyUsd: 50${billing} }
      reports: { environment: production }
${more}`;

/** Each test goes on where the one before ended. */
describe("the keys of a stack", { timeout: 120_000 }, () => {
  let scenario: Scenario;
  const tokens: string[] = [];

  beforeAll(async () => {
    scenario = await startScenario(stack(""));
    await scenario.up();
    tokens.push(await scenario.tokenOf("billing"));
  }, 60_000);
  afterAll(async () => scenario?.[Symbol.asyncDispose]());

  const statusWith = async (token: string | undefined) =>
    (await scenario.server.api("POST", "/v1/chat/completions", { model: "any" }, token ?? "")).status;
  const keysNamed = async (name: string) => (await scenario.objects("/v1/keys")).filter((key) => key.name === name);

  it("get a new secret in place when rotate is raised: the new token works, the old one is refused", async () => {
    scenario.declare(stack(", rotate: 1"));
    const before = await keysNamed("billing");
    const up = await scenario.up("--json");
    expect(up.json()).toMatchObject({
      changes: [{ operation: "update", name: "projects/checkout/keys/billing", properties: [{ property: "rotate", after: 1 }] }],
    });
    tokens.push(await scenario.tokenOf("billing"));
    expect([await statusWith(tokens[0]), await statusWith(tokens[1])]).toEqual([401, 200]);
    expect((await keysNamed("billing")).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  });

  it("are not minted again when somebody revokes one: preview, drift and up report it", async () => {
    const [key] = await keysNamed("billing");
    await scenario.server.api("DELETE", `/v1/keys/${key.id}`);
    const finding = "ApiKey projects/checkout/keys/billing is revoked at the control plane and stays so: raise `rotate`";

    const preview = await scenario.run("preview");
    expect(preview.exitCode).toBe(0);
    expect(preview.stdout).toContain(finding);
    expect(preview.stdout).toContain("No changes.");

    const drift = await scenario.run("drift", ["--json"]);
    expect(drift.exitCode).toBe(7);
    expect(drift.json()).toMatchObject({
      exitCode: 7,
      findings: [{ kind: "ApiKey", name: "projects/checkout/keys/billing", property: "status", value: "revoked" }],
      drifted: [],
      unmanaged: [],
    });

    const up = await scenario.up();
    expect(up.stdout).toContain(finding);
    expect(await keysNamed("billing")).toMatchObject([{ id: key.id, status: "revoked" }]);
    expect(await statusWith(tokens[1])).toBe(401);
  });

  it("stay revoked when another property changes: the error says what makes a new one", async () => {
    scenario.declare(stack(", rotate: 1").replace("monthlyUsd: 50", "monthlyUsd: 60"));
    const up = await scenario.run("up", ["--yes"]);
    expect(up.exitCode).toBe(1);
    expect(up.stdout).toMatch(/error: projects\/checkout\/keys\/billing: .*is revoked[\s\S]*Raise `rotate`/);
    expect(await keysNamed("billing")).toMatchObject([{ status: "revoked", monthlyUsd: 50 }]);
  });

  it("are replaced by a new key when rotate is raised once more", async () => {
    scenario.declare(stack(", rotate: 2"));
    const preview = await scenario.run("preview");
    expect(preview.exitCode).toBe(3);
    expect(preview.stdout).toContain("± replace ApiKey projects/checkout/keys/billing: rotate cannot be changed in place");
    expect(preview.stdout).toContain("The gate revoked-key-returns is closed for projects/checkout/keys/billing");
    await scenario.upApproved(stack(", rotate: 1"), stack(", rotate: 2"));
    tokens.push(await scenario.tokenOf("billing"));
    expect(await statusWith(tokens[2])).toBe(200);
    expect((await keysNamed("billing")).map(({ status }) => status).toSorted()).toEqual(["active", "revoked"]);
    expect((await scenario.run("preview", ["--expect-no-changes"])).exitCode).toBe(0);
  });

  it("are handed over by name, and a name that fits none or several is refused", async () => {
    const none = await scenario.run("secret", ["unknown", "--to", "x"]);
    expect(none.exitCode).toBe(2);
    expect(none.stderr).toContain("projects/checkout/keys/billing, projects/checkout/keys/reports");
    expect((await scenario.run("secret", ["billing"])).exitCode).toBe(2);
    const nowhere = await scenario.run("secret", ["billing", "--to", "/nowhere/at/all/token"]);
    expect(nowhere).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("cannot be written") });
  });

  it("have shown no secret in any output, and none stands in clear in any file of the stack", () => {
    expect(new Set(tokens).size).toBe(3);
    for (const token of tokens) {
      expect(scenario.said.join("\n")).not.toContain(token);
      expect(scenario.filesWith(token)).toEqual([]);
    }
  });
});
