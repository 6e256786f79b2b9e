import type { Capability } from "./roles.js";

/** What the permissions of custom roles mean in one system. */
export interface PermissionTable {
  /** What each lets its holder do in the organization. */
  readonly organization: Readonly<Record<string, readonly Capability[]>>;
  /** Permissions with which the holder can come to have all the others. */
  readonly growing: readonly string[];
}

/** Systems that have custom roles, and what their permissions mean. */
export const PERMISSION_TABLES: Readonly<Record<string, PermissionTable>> = {
  // Members of a custom role give no role that may do more than their own; who writes roles could change that one.
  gatehouse: {
    organization: {
      "organization:write": ["configure"],
      "member:write": ["manageMembers"],
      "role:write": ["manageMembers", "configure"],
      "project:write": ["createProjects"],
      "key:write": ["manageKeys"],
    },
    growing: ["role:write"],
  },
  // users, roles and settings are one permission.
  routerly: {
    organization: { "user:write": ["manageMembers", "configure"], "model:write": ["configure"], "project:write": ["createProjects"] },
    growing: ["user:write"],
  },
};
