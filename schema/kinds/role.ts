import { list, text } from "../field.js";
import { defineKind } from "../kind.js";

/** A role that an organization defines itself, beside the built-in ones. */
export const role = defineKind("Role", {
  path: "/roles",
  key: ["name"],
  about: "security",
  stackFile: [{ at: ["roles"], keyField: "name" }],
  fields: {
    /** Name by which members are given the role, up to 64 characters. Changing it replaces the role. */
    name: text({ maxLength: 64, replace: true, named: true }),
    /** Name that dashboards show, where the system has one. */
    displayName: text({ maxLength: 100, optional: true, about: "cosmetic" }),
    /** What the role may do, in the system's words (`project:read`). */
    permissions: list(text({ maxLength: 100 }), { unordered: true }),
    /** Assigned by the control plane. */
    roleId: text({ computed: true }),
  },
});
