import { CAPABILITIES, type RoleTable } from "./roles.js";

/** Roles of the embedded control plane: those that the five systems have between them, with Floopy's manager (F-33 to F-44). */
export const ROLES: RoleTable = {
  organization: {
    owner: { organization: CAPABILITIES, everyProject: CAPABILITIES },
    admin: {
      organization: ["view", "createProjects", "manageKeys", "manageMembers", "configure", "delete"],
      everyProject: ["view", "callModels", "manageKeys", "manageMembers", "configure", "delete"],
      protectedRoles: ["owner"],
    },
    manager: { organization: ["view", "createProjects"], everyProject: ["view"], roleOfCreator: "owner" },
    member: { organization: ["view"], everyProject: ["view"] },
    viewer: { organization: ["view"], everyProject: ["view"] },
    finance: { organization: ["view", "billing"], everyProject: [] },
  },
  project: {
    owner: { capabilities: ["view", "callModels", "manageKeys", "manageMembers", "configure", "delete"] },
    admin: { capabilities: ["view", "callModels", "manageKeys", "manageMembers", "configure"], protectedRoles: ["owner"] },
    // Everything in the project but its members and the project itself.
    editor: { capabilities: ["view", "callModels", "manageKeys", "configure"] },
    member: { capabilities: ["view"] },
    viewer: { capabilities: ["view"] },
  },
};
