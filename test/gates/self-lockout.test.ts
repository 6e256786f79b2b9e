import { expect, it } from "vitest";
import { selfLockout } from "../../provider/gates/gates/self-lockout.js";
import { UNKNOWN } from "../../schema/unknown.js";
import { found, gateCases } from "./support/gate-cases.js";
import { deleted, listed, members, updated } from "./support/plan.js";

const M = "OrganizationMember";
const ada = { user: "ada@acme.example", role: "owner" };
const id = { id: "ada@acme.example" };
const around = { live: members({ "ada@acme.example": "owner", "bea@acme.example": "admin" }), actor: "Ada@acme.example" };

gateCases(selfLockout, {
  closes: { steps: [updated(M, "members/ada", ada, { role: "member" }, id)], ...around },
  object: "members/ada",
  what: "ada@acme.example, as whom this runs, could no longer manage members and change settings of the organization",
  passes: {
    "the removal of somebody else": { steps: [deleted(M, "members/bea", { user: "bea@acme.example", role: "admin" })], ...around },
    "a role that keeps both rights": { steps: [updated(M, "members/ada", ada, { role: "admin" }, id)], ...around },
    "a change by an identity that is no member": { steps: [deleted(M, "members/ada", ada, id)], live: around.live },
  },
  unknown: { steps: [updated(M, "members/ada", ada, { role: UNKNOWN }, id)], ...around },
});

it("sees a custom role that no longer administers", () => {
  const boss = { name: "boss", permissions: ["user:write"] };
  const live = [...members({ "ada@acme.example": "boss" }), listed("Role", "roles/boss", boss)];
  const steps = [updated("Role", "roles/boss", boss, { permissions: [] })];
  expect(found(selfLockout, { steps, live, actor: "ada@acme.example", system: "routerly" })).toMatchObject([{ object: "roles/boss" }]);
});

it("holds on destroy too, where the run could not come to its end", () => {
  expect(found(selfLockout, { steps: [deleted(M, "members/ada", ada, id)], ...around, operation: "destroy" })).toHaveLength(1);
});

it("sees that the membership of whoever applies runs out, and lets pass an end that leaves time", () => {
  const ends = (expiresAt: unknown) => ({ steps: [updated(M, "members/ada", ada, { expiresAt }, id)], ...around });
  for (const day of ["2020-01-01", "2026-11-30", UNKNOWN]) expect(found(selfLockout, ends(day))).toMatchObject([{ object: "members/ada" }]);
  expect(found(selfLockout, ends("2027-06-30"))).toEqual([]);
});

it("stops the end of the own membership, too, that was declared and has come", () => {
  const steps = [deleted(M, "members/ada", { ...ada, expiresAt: "2026-11-20" }, id)];
  expect(found(selfLockout, { steps, ...around })).toMatchObject([{ object: "members/ada" }]);
});
