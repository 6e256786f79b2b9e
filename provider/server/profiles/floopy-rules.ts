import type { Context } from "../context.js";
import { conflict } from "../refusal.js";
import type { RulesByKind } from "../rules/kind-rules.js";
import { organizationMember } from "../rules/organization-member.js";

/** Where Floopy's rules differ from the general ones. */
export const floopyRules: RulesByKind = {
  OrganizationMember: {
    beforeCreate(context, draft) {
      if (draft.body.role === "owner") refuseSecondOwner(context);
      return organizationMember.beforeCreate?.(context, draft) ?? draft;
    },
    beforeUpdate(context, before, after) {
      if (before.body.role !== "owner" && after.body.role === "owner") refuseSecondOwner(context);
      organizationMember.beforeUpdate?.(context, before, after);
    },
  },
  RoutingPolicy: {
    check: (_context, { name, constraints }) => [
      ...(name === undefined ? [{ property: "name", reason: "is required: the organization's constraints are at /v1/constraints" }] : []),
      ...(constraints === undefined ? [] : [{ property: "constraints", reason: "are the organization's: they are at /v1/constraints" }]),
    ],
  },
};

/** F-60 */
function refuseSecondOwner({ store }: Context): void {
  const owner = store.objects.find("OrganizationMember", "role", "owner")[0];
  if (owner === undefined) return;
  throw conflict(`${owner.body.user} is the owner, and an organization has exactly one: give another role`, "owner_exists");
}
