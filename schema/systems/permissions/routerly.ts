import { CAPABILITIES } from "../roles.js";
import type { PermissionTable } from "./permission-table.js";

/** Permissions of Routerly, which hold in the whole installation. */
export const routerlyPermissions: PermissionTable = {
  // every login reads all models and projects.
  always: { organization: ["view"], everyProject: ["view"] },
  permissions: {
    "project:read": {},
    // whoever may write projects may write all of them, their tokens and members included.
    "project:write": {
      organization: ["createProjects"],
      everyProject: ["callModels", "manageKeys", "manageMembers", "configure", "delete"],
    },
    "model:read": {},
    // The registry of models belongs to the installation.
    "model:write": { organization: ["configure", "delete"] },
    "user:read": {},
    // it covers users, roles and settings, and its holder can become administrator.
    "user:write": { organization: CAPABILITIES, everyProject: CAPABILITIES },
    "report:read": {},
  },
  growing: ["user:write"],
};
