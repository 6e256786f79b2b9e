import type { Dialect } from "./dialect.js";
import { permissionNames } from "./permissions/index.js";
import { CAPABILITIES, type RoleTable } from "./roles.js";

/** Where Routerly 0.2 keeps what the kinds describe. Its bodies are its own altogether: the adapter maps them one by one. */
export const DIALECT: Dialect = {
  prefix: "/api",
  casing: "camel",
  kinds: {
    OrganizationMember: { path: "/users" },
    Role: { path: "/roles" },
    Project: { path: "/projects" },
    RoutingPolicy: { path: "/projects" },
    ApiKey: { path: "/projects" },
    ProjectMember: { path: "/projects/{project}/members" },
    Model: { path: "/models" },
    Alert: { path: "/settings" },
  },
};

/** Metrics of a limit, as Routerly writes those of the kinds. */
export const METRICS: Readonly<Record<string, string>> = {
  cost: "cost",
  calls: "calls",
  inputTokens: "input_tokens",
  outputTokens: "output_tokens",
  totalTokens: "total_tokens",
};

/** All that a role may be given; the server stores unknown ones, which then mean nothing. */
export const PERMISSIONS = permissionNames("routerly");

/** Only the role of the user counts: whoever may write projects may write all of them, their tokens and members included. */
const IN_EVERY_PROJECT = ["view", "callModels", "manageKeys", "manageMembers", "configure", "delete"] as const;

export const ROLES: RoleTable = {
  organization: {
    // `user:write` covers users, roles and settings.
    admin: { organization: CAPABILITIES, everyProject: CAPABILITIES, roleOfCreator: "admin" },
    // All but `user:write`; `model:write` reaches the registry of models, which belongs to nobody but the installation.
    operator: { organization: ["view", "createProjects", "configure", "delete"], everyProject: IN_EVERY_PROJECT, roleOfCreator: "admin" },
    // every login reads all models and projects.
    viewer: { organization: ["view"], everyProject: ["view"] },
  },
  // a membership is kept and shown, and gives nothing.
  project: { admin: { capabilities: [] }, editor: { capabilities: [] }, viewer: { capabilities: [] } },
};
