import { oneOf, oneOfOrCustom, person, ref, text } from "../field.js";
import { defineKind } from "../kind.js";

const PROJECT_ROLES = ["owner", "admin", "editor", "member", "viewer"] as const;

/** A person's role in one project, besides what the person's organization role gives everywhere. */
export const projectMember = defineKind("ProjectMember", {
  path: "/projects/{project}/members",
  key: ["user"],
  about: "security",
  stackFile: [{ under: "Project", at: ["members"], keyField: "user", shorthand: "role" }],
  fields: {
    /** Project the role is in. Changing it replaces the membership. */
    project: ref("Project", { replace: true }),
    /** E-mail address of the person. Changing it replaces the membership. */
    user: person({ replace: true }),
    /** Role in the project, or the name of a custom role. */
    role: oneOfOrCustom(PROJECT_ROLES, { definedBy: "Role" }),
    /** Day on which the membership ends (`2027-06-30`), by the run of that day. It does not end when absent. */
    expiresAt: text({ format: "date", optional: true, local: true, ends: "on" }),
    /** Assigned by the control plane. */
    memberId: text({ computed: true }),
    /** `pending` until the person has joined the organization. */
    status: oneOf(["pending", "active", "expired"], { computed: true }),
  },
});
