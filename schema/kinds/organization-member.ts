import { oneOf, oneOfOrCustom, secret, text } from "../field.js";
import { defineKind } from "../kind.js";

const ORGANIZATION_ROLES = ["owner", "admin", "manager", "member", "viewer", "finance"] as const;

/** A person in the organization, or the invitation that the person has not accepted yet. */
export const organizationMember = defineKind("OrganizationMember", {
  path: "/members",
  key: ["user"],
  about: "security",
  stackFile: [{ at: ["members"], keyField: "user", shorthand: "role" }],
  fields: {
    /** E-mail address of the person. Changing it removes one member and invites another. */
    user: text({ format: "email", maxLength: 254, replace: true, caseInsensitive: true }),
    /** Role in the whole organization, or the name of a custom role. Owners and admins act as project admins everywhere. */
    role: oneOfOrCustom(ORGANIZATION_ROLES, { definedBy: "Role" }),
    /** Given name, sent with the invitation. */
    firstName: text({ maxLength: 100, optional: true, about: "cosmetic" }),
    /** Family name, sent with the invitation. */
    lastName: text({ maxLength: 100, optional: true, about: "cosmetic" }),
    /** First password, at least 8 characters, for systems without invitations. Sent at creation only; changing it later does nothing. */
    initialPassword: secret({ optional: true, createOnly: true }),
    /** Day on which the membership ends (`2027-06-30`). It does not end when absent. */
    expiresAt: text({ format: "date", optional: true, ends: "on" }),
    /** Assigned by the control plane. */
    memberId: text({ computed: true }),
    /** `pending` until the person accepts the invitation, then `active`; `expired` when the invitation or the membership ran out. */
    status: oneOf(["pending", "active", "expired"], { computed: true, computedFrom: ["expiresAt"] }),
  },
});
