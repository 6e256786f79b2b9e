import type { Capability } from "../roles.js";
import type { PermissionTable, Permitted } from "./permission-table.js";

const VIEW = ["view"] as const;

/** What writing gives, by the first word of a permission, where its objects stand. Writing includes reading. */
const WRITES: Readonly<Record<string, Permitted>> = {
  organization: { organization: ["configure"] },
  security: { organization: ["configure"] },
  member: { organization: ["manageMembers"], everyProject: ["manageMembers"] },
  limit: { organization: ["configure"] },
  credential: { organization: ["configure"], everyProject: ["configure"] },
  project: { organization: ["createProjects"], everyProject: ["configure", "delete"] },
  environment: { everyProject: ["configure"] },
  model: { everyProject: ["configure"] },
  routing: { everyProject: ["configure"] },
  // Whoever makes a key is shown its secret, and calls models with it.
  key: { everyProject: ["callModels", "manageKeys"] },
  budget: { everyProject: ["configure"] },
  alert: { everyProject: ["configure"] },
};

function viewed({ organization, everyProject }: Permitted): Permitted {
  return { ...(organization && { organization: VIEW }), ...(everyProject && { everyProject: VIEW }) };
}

function withView({ organization, everyProject }: Permitted): Permitted {
  const seen = (capabilities: readonly Capability[]) => [...VIEW, ...capabilities];
  return { ...(organization && { organization: seen(organization) }), ...(everyProject && { everyProject: seen(everyProject) }) };
}

/**
 * Permissions of the embedded control plane. None lets its holder grow: roles can be read only, and members of a custom role give no role
 * that may do more than their own.
 */
export const gatehousePermissions: PermissionTable = {
  always: {},
  permissions: {
    ...Object.fromEntries(
      Object.entries(WRITES).flatMap(([word, gives]) => [
        [`${word}:read`, viewed(gives)],
        [`${word}:write`, withView(gives)],
      ]),
    ),
    "role:read": { organization: VIEW },
    "report:read": { organization: VIEW },
  },
  growing: [],
};
