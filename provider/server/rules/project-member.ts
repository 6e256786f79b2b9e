import type { KindRules } from "./kind-rules.js";
import { memberStatus } from "./member-status.js";
import { refuseProtectedRole, roleProblems } from "./roles.js";

/** A person's role in one project. The person need not have joined the organization yet. */
export const projectMember: KindRules = {
  check: (context, after) => roleProblems(context, context.profile.projectRoles, after.role),
  beforeCreate(context, draft) {
    refuseProtectedRole(context, draft, draft.owner);
    return draft;
  },
  beforeUpdate(context, before, after) {
    refuseProtectedRole(context, before, before.owner);
    refuseProtectedRole(context, after, after.owner);
  },
  beforeDelete: (context, object) => refuseProtectedRole(context, object, object.owner),
  present(context, object) {
    const [person] = context.store.objects.find("OrganizationMember", "user", String(object.body.user), { ignoreCase: true });
    return { status: person === undefined ? "pending" : memberStatus(context, person) };
  },
};
