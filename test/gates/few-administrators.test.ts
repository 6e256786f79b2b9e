import { expect, it } from "vitest";
import { fewAdministrators } from "../../provider/gates/few-administrators.js";
import { factsOf, kept, listed } from "./support/plan.js";

const member = (user: string, role: string, outputs: object = { status: "active" }) =>
  kept("OrganizationMember", `members/${user}`, { user, role }, { ...outputs });
const told = (...members: readonly ReturnType<typeof member>[]) =>
  fewAdministrators(factsOf(members)).map(({ name, message }) => `${name} ${message}`);

it("two who administer are enough, declared or not", () => {
  expect(told(member("ada@acme.example", "owner"), member("bea@acme.example", "admin"))).toEqual([]);
  const undeclared = listed("OrganizationMember", "m9", { user: "bea@acme.example", role: "admin", status: "active" });
  expect(fewAdministrators(factsOf([member("ada@acme.example", "owner")], { live: [undeclared] }))).toEqual([]);
});

it("one is too few, and so is one beside an invitation, a membership that ran out, and a role that does not administer", () => {
  const others = [
    member("bea@acme.example", "admin", { status: "pending" }),
    member("cleo@acme.example", "admin", { status: "expired" }),
    member("dan@acme.example", "member"),
  ];
  expect(told(member("ada@acme.example", "owner"), ...others)).toEqual([
    "members:administrators has only ada@acme.example who can act: make another active member owner or administrator; open invitations do not count",
  ]);
  expect(told(...others)).toEqual([expect.stringContaining("has nobody who can act")]);
});

it("nothing is said where no member is known at all", () => {
  expect(fewAdministrators(factsOf([kept("Project", "projects/checkout", { name: "Checkout" })]))).toEqual([]);
});
