import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Closed } from "../support/approved-destroy.js";
import { inDays } from "../support/in-days.js";
import { HEAD, type Scenario, startScenario } from "./scenario.js";

const KEY = "projects/checkout/keys/reports";

interface Pass {
  readonly exitCode: number;
  readonly changed: readonly { readonly name: string }[];
  readonly left: readonly { readonly name: string; readonly heldBy: string; readonly next: string }[];
  readonly findings: readonly { readonly name: string; readonly value: string }[];
  readonly gates: { readonly closed: readonly Closed[] };
}

const stack = (key: string, rules: string) => `${HEAD}
projects:
  checkout:
    name: Checkout AI
    keys: { reports: { environment: development${key} } }
governance: { ${rules} }
`;
const LAX = "preset: audit-only, reconcile: { security: repair }";
const ROTATED = ", rotate: 2";

/** Each test goes on where the one before ended. */
describe("a reconciliation of a key that was revoked", { timeout: 180_000 }, () => {
  let scenario: Scenario;
  let approved: string;

  beforeAll(async () => {
    scenario = await startScenario(stack("", LAX));
    await scenario.up();
    const { id } = await scenario.object("/v1/keys", "name", "reports");
    await scenario.server.api("DELETE", `/v1/keys/${id}`);
    scenario.declare(stack(ROTATED, LAX));
    const { gates } = (await scenario.run("preview", ["--json"])).json<{ gates: { closed: readonly Closed[] } }>();
    const [closed] = gates.closed;
    expect(closed).toMatchObject({ gate: "revoked-key-returns", object: KEY });
    const word = `by: cto@acme.example, reason: "Looked into it.", until: ${inDays(28)}`;
    approved = `${LAX}, approvals: [{ gate: revoked-key-returns, object: "${KEY}", change: "${closed?.change}", ${word} }]`;
  }, 120_000);
  afterAll(async () => scenario?.[Symbol.asyncDispose]());

  const pass = async () => {
    const ran = await scenario.run("reconcile", ["--json"]);
    if (ran.stdout === "") throw new Error(ran.stderr);
    return ran.json<Pass>();
  };
  const keys = async () => (await scenario.objects("/v1/keys")).map(({ status }) => status);

  it("tells of it even when a guardrail stops the pass", async () => {
    scenario.declare(stack("", "preset: strict"));
    const told = await pass();
    expect(told.exitCode).toBe(3);
    expect(told.left.map(({ heldBy }) => heldBy)).toContain("guardrail");
    expect(told.findings).toMatchObject([{ name: KEY, value: "revoked" }]);
  });

  it("does not record an approval that comes with what it approves, however often it passes", async () => {
    scenario.declare(stack(ROTATED, approved));
    for (const time of ["first", "second"]) {
      const told = await pass();
      expect(told.exitCode, time).toBe(3);
      expect(told.changed).toEqual([]);
      expect(told.left.map(({ name, heldBy }) => `${name} ${heldBy}`)).toEqual(["governance gate", `${KEY} custody`]);
      expect(told.left[0]?.next).toBe("Apply the approval first, by itself.");
      expect(told.gates.closed).toMatchObject([{ gate: "revoked-key-returns", object: KEY }]);
      expect(await keys()).toEqual(["revoked"]);
    }
  });

  it("issues it again when the approval was recorded before, by itself", async () => {
    scenario.declare(stack("", approved));
    expect((await pass()).changed).toMatchObject([{ name: "governance" }]);
    expect(await keys()).toEqual(["revoked"]);
    scenario.declare(stack(ROTATED, approved));
    expect((await pass()).changed).toMatchObject([{ name: KEY }]);
    expect(await keys()).toContain("active");
  });
});
