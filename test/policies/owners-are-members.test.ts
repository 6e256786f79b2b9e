import { expect, it } from "vitest";
import { ownersAreMembers } from "../../provider/policies/rules/owners-are-members.js";
import { ruleCases, told } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

const stack = (owner: string, members = "ada@acme.example: owner") => `
members: { ${members} }
projects: { checkout: { name: Checkout, keys: { a: { owner: ${owner} } } } }`;

ruleCases(ownersAreMembers, {
  passes: stack("ADA@acme.example"),
  fails: stack("gone@acme.example"),
  message:
    "ApiKey projects/checkout/keys/a (owner) is owned by gone@acme.example, who is no member of the organization today. A key whose owner has left is renewed, narrowed and revoked by nobody. Declare that person under `members`, or name somebody who is there.",
  unknown: ["members/ada@acme.example#user"],
});

const judged = (text: string) => told(ownersAreMembers, viewOf(text));

it("owners-are-members looks for whoever answers for a project's keys", () => {
  const project = (more = "") => `members: { ada@acme.example: owner }
projects: { checkout: { name: Checkout, launch: { keyOwner: gone@acme.example }${more} } }`;
  expect(judged(project())).toEqual([
    expect.stringMatching(/^mandatory: Project projects\/checkout \(launch\.keyOwner\) leaves its keys to gone@acme\.example, who is no/),
  ]);
  expect(judged(project(", status: archived"))).toEqual([]);
});

it("owners-are-members counts nobody whose membership is over, and judges nobody where no members are declared", () => {
  expect(judged(stack("lin@acme.example", "lin@acme.example: { role: member, expiresAt: 2026-11-20 }"))).toHaveLength(1);
  expect(judged("projects: { checkout: { name: Checkout, keys: { a: { owner: gone@acme.example } } } }")).toEqual([]);
});
