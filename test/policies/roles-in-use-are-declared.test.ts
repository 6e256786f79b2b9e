import { expect, it } from "vitest";
import { rolesInUseAreDeclared } from "../../provider/policies/rules/roles-in-use-are-declared.js";
import { ruleCases, told } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

ruleCases(rolesInUseAreDeclared, {
  passes: `
roles: { auditor: { permissions: [report:read] } }
members: { ada@acme.example: owner, kim@acme.example: auditor }
projects: { checkout: { name: Checkout, members: { ada@acme.example: auditor, kim@acme.example: editor } } }`,
  fails: "members: { kim@acme.example: auditor }",
  message:
    "OrganizationMember members/kim@acme.example (role) has the role auditor, which is neither built in nor declared. A control plane may drop a role that is in use, and its holders then can do nothing or something nobody has reviewed. Declare it under `roles`, or give another role first and remove this one afterwards.",
  unknown: ["members/kim@acme.example#role"],
});

const judged = (text: string, system?: string, unknown?: readonly string[]) => told(rolesInUseAreDeclared, viewOf(text, system, unknown));

it("roles-in-use-are-declared tells those who hold a role that the stack no longer declares", () => {
  const text =
    "members: { kim@acme.example: { role: desk, initialPassword: { env: GATEHOUSE_X } } }\nprojects: { a: { name: A, members: { kim@acme.example: desk } } }";
  expect(judged(text, "routerly")).toHaveLength(2);
  expect(judged(`roles: { desk: { permissions: [project:read] } }\n${text}`, "routerly")).toEqual([]);
});

it("roles-in-use-are-declared waits while the name of a declared role is unknown, and leaves systems without custom roles alone", () => {
  const text = "roles: { desk: { permissions: [] } }\nmembers: { kim@acme.example: auditor }";
  expect(judged(text, "gatehouse", ["roles/desk#name"])).toEqual([]);
  expect(judged("members: { kim@acme.example: auditor }", "floopy")).toEqual([]);
});
