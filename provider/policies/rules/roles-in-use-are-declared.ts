import { KINDS } from "../../../schema/kinds/index.js";
import { adapterOf } from "../../adapters/index.js";
import { offersField } from "../../adapters/support.js";
import { defineRule } from "../rule.js";
import { isKnown, known, type SeenObject } from "../seen.js";
import type { StackView } from "../stack-view.js";

export const rolesInUseAreDeclared = defineRule({
  name: "roles-in-use-are-declared",
  title: "A role that somebody has is built in or declared",
  why: "A control plane may drop a role that is in use, and its holders then can do nothing or something nobody has reviewed.",
  enforces: ["R-36", "R-24"],
  level: "mandatory",
  settings: {},
  check: (view) =>
    [...view.of("OrganizationMember"), ...view.of("ProjectMember")]
      .filter((member) => isWithoutRole(view, member))
      .map((member) => ({
        object: member,
        property: "role",
        what: `has the role ${String(known(member.inputs.role))}, which is neither built in nor declared`,
        advice: "Declare it under `roles`, or give another role first and remove this one afterwards.",
      })),
  example: {
    bad: "members: { kim@acme.example: auditor }",
    good: `roles: { auditor: { permissions: [project:read, report:read] } }
members: { kim@acme.example: auditor }`,
  },
});

function isWithoutRole(view: StackView, member: SeenObject<"OrganizationMember" | "ProjectMember">): boolean {
  const role = known(member.inputs.role);
  const adapter = adapterOf(member.system);
  if (role === undefined || !offersField(adapter, KINDS.Role, "name")) return false;
  const isBuiltIn = Object.hasOwn(adapter.roles.organization, role) || Object.hasOwn(adapter.roles.project, role);
  if (isBuiltIn || view.named("Role", "name", role, member) !== undefined) return false;
  return view.of("Role").every(({ controlPlane, inputs }) => controlPlane !== member.controlPlane || isKnown(inputs.name));
}
