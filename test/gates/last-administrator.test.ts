import { expect, it } from "vitest";
import { lastAdministrator } from "../../provider/gates/gates/last-administrator.js";
import { UNKNOWN } from "../../schema/unknown.js";
import { found, gateCases } from "./support/gate-cases.js";
import { created, deleted, listed, members, replaced, updated } from "./support/plan.js";

const M = "OrganizationMember";
const member = (user: string, role: string) => ({ user: `${user}@acme.example`, role });
const three = members({ "ada@acme.example": "owner", "bea@acme.example": "admin", "lin@acme.example": "member" });
const bea = member("bea", "admin");

gateCases(lastAdministrator, {
  closes: { steps: [deleted(M, "members/bea", bea, { id: "bea@acme.example" })], live: three },
  object: "members:administrators",
  what: "of ada@acme.example, bea@acme.example only ada@acme.example would administer the organization",
  passes: {
    "a removal that leaves two": {
      steps: [deleted(M, "members/bea", bea, { id: "bea@acme.example" })],
      live: [...three, ...members({ "kim@acme.example": "owner" })],
    },
    "the removal of somebody else": { steps: [deleted(M, "members/lin", member("lin", "member"))], live: three },
    "a change of an organization that has one administrator anyway": {
      steps: [created(M, "members/kim", member("kim", "member"))],
      live: members({ "ada@acme.example": "owner" }),
    },
    "a promotion among administrators": {
      steps: [updated(M, "members/bea", bea, { role: "owner" }, { id: "bea@acme.example" })],
      live: three,
    },
    "a destroy that leaves one": {
      steps: [deleted(M, "members/bea", bea, { id: "bea@acme.example" })],
      live: three,
      operation: "destroy",
    },
  },
  unknown: { steps: [updated(M, "members/bea", bea, { role: UNKNOWN }, { id: "bea@acme.example" })], live: three },
});

it("stops a destroy that leaves nobody", () => {
  const alone = members({ "bea@acme.example": "admin" });
  const plan = { steps: [deleted(M, "members/bea", bea, { id: "bea@acme.example" })], live: alone, operation: "destroy" as const };
  expect(found(lastAdministrator, plan)).toMatchObject([{ what: "of bea@acme.example nobody would administer the organization" }]);
});

it("does not count somebody who is only invited by the same change", () => {
  const steps = [deleted(M, "members/bea", bea, { id: "bea@acme.example" }), created(M, "members/kim", member("kim", "admin"))];
  expect(found(lastAdministrator, { steps, live: three })).toHaveLength(1);
  const withPassword = [steps[0], created(M, "members/kim", { ...member("kim", "admin"), initialPassword: "[secret]" })].flatMap(
    (one) => one ?? [],
  );
  expect(found(lastAdministrator, { steps: withPassword, live: three })).toEqual([]);
});

it("does not count a pending invitation that is there, nor a membership that has run out", () => {
  const waiting = [
    listed(M, "kim", { user: "kim@acme.example", role: "owner", status: "pending" }),
    listed(M, "mia", { user: "mia@acme.example", role: "owner", status: "active", expiresAt: "2026-11-20" }),
  ];
  const steps = [deleted(M, "members/bea", bea, { id: "bea@acme.example" })];
  expect(found(lastAdministrator, { steps, live: [...three, ...waiting] })).toHaveLength(1);
});

it("counts a person once who is removed in one place of the declaration and made anew in another", () => {
  const steps = [replaced(M, "members/bea", bea, { user: "BEA@acme.example" }, { id: "bea@acme.example" })];
  expect(
    found(lastAdministrator, { steps, live: [...three, ...members({ "kim@acme.example": "owner", "mia@acme.example": "owner" })] }),
  ).toEqual([]);
});

it("knows a custom role that administers, and one that no longer does", () => {
  const boss = { name: "boss", permissions: ["user:write"] };
  const live = [...members({ "ada@acme.example": "admin", "bea@acme.example": "boss" }), listed("Role", "roles/boss", boss)];
  const steps = [updated("Role", "roles/boss", boss, { permissions: ["project:read"] })];
  expect(found(lastAdministrator, { steps, live, system: "routerly" })).toHaveLength(1);
});
