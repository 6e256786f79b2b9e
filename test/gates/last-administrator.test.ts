import { expect, it } from "vitest";
import { lastAdministrator } from "../../provider/gates/gates/last-administrator.js";
import { UNKNOWN } from "../../schema/unknown.js";
import { found, gateCases, type Plan } from "./support/gate-cases.js";
import { created, deleted, factsOf, listed, members, replaced, TODAY, updated } from "./support/plan.js";

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

const four = members({
  "ada@acme.example": "owner",
  "bea@acme.example": "admin",
  "eve@acme.example": "viewer",
  "mal@acme.example": "viewer",
});
const becomes = (user: string, from: string, to: string, more: object = {}) =>
  updated(M, `members/${user}`, member(user, from), { role: to, ...more }, { id: `${user}@acme.example` });
const says = (steps: Plan["steps"], live = four, more: Partial<Plan> = {}) =>
  found(lastAdministrator, { steps, live, ...more }).map(({ what }) => what);

it("stops a swap of everybody who administers, by members and by people who come with a password", () => {
  expect(
    says([
      becomes("ada", "owner", "viewer"),
      becomes("bea", "admin", "viewer"),
      becomes("eve", "viewer", "owner"),
      becomes("mal", "viewer", "admin"),
    ]),
  ).toEqual([
    "nobody of ada@acme.example, bea@acme.example would administer the organization any more, and eve@acme.example, mal@acme.example would instead",
  ]);
  const invited = (user: string, role: string) => created(M, `members/${user}`, { ...member(user, role), initialPassword: "[secret]" });
  const gone = (user: string, role: string) => deleted(M, `members/${user}`, member(user, role), { id: `${user}@acme.example` });
  expect(says([gone("ada", "owner"), gone("bea", "admin"), invited("kim", "owner"), invited("mia", "admin")])).toHaveLength(1);
});

it("is for those who come instead, too: an approval of one swap opens none of another", () => {
  const swap = (user: string) =>
    lastAdministrator.judge(
      factsOf([becomes("ada", "owner", "viewer"), becomes("bea", "admin", "viewer"), becomes(user, "viewer", "owner")], { live: four }),
    )[0]?.change;
  expect(swap("eve")).not.toEqual(swap("mal"));
});

it("counts all who administer together, whatever their roles", () => {
  const six = members({
    "ada@acme.example": "owner",
    "bea@acme.example": "admin",
    "cem@acme.example": "admin",
    "dan@acme.example": "owner",
  });
  expect(says([becomes("ada", "owner", "member"), becomes("bea", "admin", "member")], six)).toEqual([
    "2 of 4 who administer the organization would no longer (ada@acme.example, bea@acme.example)",
  ]);
  expect(says([becomes("bea", "admin", "member")], six)).toEqual([]);
});

it.each(["up", "destroy"] as const)("stops the loss of the last owner while administrators stay, on %s", (operation) => {
  const live = members({ "ada@acme.example": "owner", "bea@acme.example": "admin", "cem@acme.example": "admin" });
  const gone = deleted(M, "members/ada", member("ada", "owner"), { id: "ada@acme.example" });
  expect(says([gone], live, { operation })).toEqual(["nobody would be owner any more, as ada@acme.example is"]);
  expect(says([becomes("ada", "owner", "admin")], live)).toHaveLength(1);
  expect(says([becomes("ada", "owner", "admin"), becomes("bea", "admin", "owner")], live)).toEqual([]);
});

it.each([
  ["is over", "2020-01-01"],
  ["is today", TODAY],
  ["is tomorrow", "2026-11-22"],
  ["only the apply knows", UNKNOWN],
])("takes an end of access that %s for a removal", (_, expiresAt) => {
  const steps = [becomes("ada", "owner", "owner", { expiresAt }), becomes("bea", "admin", "admin", { expiresAt })];
  expect(says(steps)).toEqual([
    "of ada@acme.example, bea@acme.example nobody would administer the organization; nobody would be owner any more, as ada@acme.example is",
  ]);
});

it("lets pass an end that leaves time, and one that is near already and moves away", () => {
  expect(
    says([becomes("ada", "owner", "owner", { expiresAt: "2027-06-30" }), becomes("bea", "admin", "admin", { expiresAt: "2026-12-06" })]),
  ).toEqual([]);
  const ending = { ...member("bea", "admin"), expiresAt: "2026-11-25" };
  const live = [...four.filter(({ id }) => id !== "bea@acme.example"), listed(M, "bea@acme.example", { ...ending, status: "active" })];
  const moved = (expiresAt: string) => [updated(M, "members/bea", ending, { expiresAt }, { id: "bea@acme.example" })];
  expect(says(moved("2026-11-28"), live)).toEqual([]);
  expect(says(moved("2026-11-24"), live)).toHaveLength(1);
});

it("stops an end that was declared, too, when it has come and would leave one", () => {
  const due = { ...bea, expiresAt: "2026-11-20" };
  const steps = [deleted(M, "members/bea", due, { id: "bea@acme.example" })];
  expect(found(lastAdministrator, { steps, live: three })).toHaveLength(1);
  expect(found(lastAdministrator, { steps, live: [...three, ...members({ "kim@acme.example": "owner" })] })).toEqual([]);
});
