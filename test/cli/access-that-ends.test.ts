import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dayAfter } from "../../schema/day-after.js";
import { onDay } from "../support/clock.js";
import { inDays } from "../support/in-days.js";
import { HEAD, type Scenario, startScenario } from "./scenario.js";

interface Told {
  readonly ends: readonly { readonly name: string; readonly on: string; readonly daysLeft: number; readonly endedBy: string }[];
  readonly changed: readonly { readonly name: string; readonly operation: string; readonly endedOn?: string }[];
  readonly report: { readonly verdict: string };
  readonly gates: { readonly closed: readonly { readonly gate: string; readonly object: string }[] };
  readonly inSync: boolean;
}

/** Whatever day it becomes meanwhile, the story begins on this one. */
const FIRST_DAY = inDays(0);
const day = (number: number) => dayAfter(FIRST_DAY, number);
const on = (number: number) => onDay(day(number));

const CHECKOUT = "projects/checkout";
const KEYS = `${CHECKOUT}/keys`;
const key = "environment: production, owner: ada@acme.example";

const stack = (billing = "") => `${HEAD}
members:
  $adopt: ifExists
  ada@acme.example: owner
  kim@acme.example: { role: member, expiresAt: ${day(20)} }
  old@acme.example: { role: viewer, expiresAt: ${day(20)} }
projects:
  checkout:
    name: Checkout AI
    members:
      kim@acme.example: admin
      lin@acme.example: { role: viewer, expiresAt: ${day(9)} }
    keys:
      checkout-prod: { ${key}, expiresAt: ${day(20)} }
      billing: { ${key}${billing} }
`;

/** Each test goes on where the one before ended, on a later day. */
describe("access that ends", { timeout: 180_000 }, () => {
  let scenario: Scenario;

  beforeAll(async () => {
    scenario = await startScenario(stack());
    // Was there before, so that it would only be released if it left the stack.
    await scenario.server.api("POST", "/v1/members", { user: "old@acme.example", role: "viewer" });
    await scenario.up();
  }, 180_000);
  afterAll(() => scenario[Symbol.asyncDispose]());

  const names = ({ ends }: Told) => ends.map(({ name, daysLeft, endedBy }) => [name, daysLeft, endedBy]);

  it("is announced 14 days before by a preview that stays safe, and listed by an audit at any time", async () => {
    const preview = await scenario.run("preview", ["--json"], on(8));
    expect(preview.exitCode, preview.stderr).toBe(0);
    const told = preview.json<Told>();
    expect(told.report.verdict).toBe("safe");
    expect(names(told)).toEqual([
      [`${CHECKOUT}/members/lin@acme.example`, 1, "run"],
      ["members/kim@acme.example", 12, "controlPlane"],
      ["members/old@acme.example", 12, "controlPlane"],
      [`${KEYS}/checkout-prod`, 12, "controlPlane"],
    ]);
    const audit = await scenario.run("audit", ["--json"], on(0));
    expect(names(audit.json<Told>())).toEqual(names(told).map(([name, days, by]) => [name, Number(days) + 8, by]));
    expect(audit.exitCode).toBe(0);
  });

  it("is told as out of order by an audit while it is there after its day and no control plane ends it", async () => {
    const audit = await scenario.run("audit", [], on(10));
    expect(audit.exitCode).toBe(3);
    expect(audit.stdout).toContain(`ProjectMember ${CHECKOUT}/members/lin@acme.example ended on ${day(9)} and gives access still`);
  });

  it("is stopped by the gate on production keys when its day was written into the past, and recorded by nobody", async () => {
    scenario.declare(stack(`, expiresAt: ${day(-1)}`));
    const preview = await scenario.run("preview", ["--json"], on(0));
    expect(preview.exitCode).toBe(3);
    expect(preview.json<Told>().gates.closed).toMatchObject([{ gate: "production-key-ends", object: `${KEYS}/billing` }]);
    scenario.declare(stack());
  });

  it("is ended by the reconciliation of its day, of what was taken over too, and nothing is left to do after it", async () => {
    const pass = await scenario.run("reconcile", ["--json"], on(20));
    expect(pass.exitCode, pass.stderr).toBe(0);
    expect(
      pass
        .json<Told>()
        .changed.map(({ name, operation, endedOn }) => [name, operation, endedOn])
        .toSorted(),
    ).toEqual(
      [
        ["members/kim@acme.example", "delete", day(20)],
        ["members/old@acme.example", "delete", day(20)],
        [`${KEYS}/checkout-prod`, "delete", day(20)],
        [`${CHECKOUT}/members/kim@acme.example`, "delete", day(20)],
        [`${CHECKOUT}/members/lin@acme.example`, "delete", day(9)],
      ].toSorted(),
    );
    const users = (await scenario.objects("/v1/members")).map(({ user }) => user);
    expect(users).not.toContain("kim@acme.example");
    expect(users).not.toContain("old@acme.example");
    expect((await scenario.object("/v1/keys", "name", "checkout-prod")).status).toBe("revoked");
    expect((await scenario.object("/v1/keys", "name", "billing")).status).toBe("active");
    const again = await scenario.run("reconcile", ["--json"], on(20));
    expect(again.json<Told>()).toMatchObject({ inSync: true, changed: [] });
  });

  it("can be removed from the file then, which a validation says, and does not come back as long as it stands there", async () => {
    const validation = await scenario.run("validate", [], on(20));
    expect(validation.exitCode).toBe(0);
    expect(validation.stdout).toMatch(/gatehouse\.yaml:\d+:3: members\.kim@acme\.example ended on \S+ and can be removed from the file/);
    expect(validation.stdout).toContain("no problems");
  });
});
