import { expect, it } from "vitest";
import { customRolesCannotGrow } from "../../provider/policies/rules/custom-roles-cannot-grow.js";
import { ruleCases, told } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

ruleCases(customRolesCannotGrow, {
  system: "routerly",
  passes: "roles: { lead: { permissions: [project:write, user:read, model:write] } }",
  fails: "roles: { lead: { permissions: [project:write, user:write] } }",
  message:
    "Role roles/lead (permissions) has user:write, with which its holders can give themselves everything. Whoever may change roles or the users who have them can take every right there is: an administrator in disguise. Take user:write out of `permissions`; give the administrator's role to those who need it.",
  unknown: ["roles/lead#permissions"],
});

it("custom-roles-cannot-grow knows that user:write of Routerly is administrator in disguise (R-38)", () => {
  const judged = (permissions: string) =>
    told(customRolesCannotGrow, viewOf(`roles: { desk: { permissions: [${permissions}] } }`, "routerly"));
  expect(judged("user:read, user:write")[0]).toMatch(/^mandatory: Role roles\/desk \(permissions\) has user:write, /);
  expect(judged("user:read, model:write, project:write")).toEqual([]);
});

it("custom-roles-cannot-grow has nothing against the embedded control plane, where nobody gives more than they have", () => {
  expect(told(customRolesCannotGrow, viewOf("roles: { desk: { permissions: [member:write, organization:write] } }"))).toEqual([]);
});
