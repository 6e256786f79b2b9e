import type { Dialect } from "./dialect.js";
import { CAPABILITIES, type RoleTable } from "./roles.js";

/** Floopy documents four names on the wire; the others are its page's words in the same form. */
export const DIALECT: Dialect = {
  prefix: "/v1",
  casing: "snake",
  kinds: {
    OrganizationMember: { fields: { user: { name: "email" } } },
    ProjectMember: { fields: { user: { name: "email" }, project: { name: "project_id" } } },
    EnvironmentLimit: {
      fields: {
        requestsPerMinute: { name: "rate_limit_rpm", label: "Rate Limit RPM" },
        monthlyUsd: { name: "monthly_cost_usd", label: "Monthly Cost USD" },
      },
    },
    ApiKey: {
      fields: {
        project: { name: "project_id" },
        defaultProject: { name: "default_project_id" },
        permissions: { flags: { read: "read_permission", write: "write_permission" } },
      },
    },
    Budget: { fields: { project: { name: "project_id" } } },
    Alert: { fields: { project: { name: "project_id" } } },
  },
};

/** What Floopy has of each kind. */
export const FIELDS = {
  Organization: ["name", "plan", "requestsPerMinute"],
  OrganizationMember: ["user", "role"],
  EnvironmentLimit: ["environment", "requestsPerMinute", "monthlyUsd"],
  ProviderCredential: ["name", "provider", "value"],
  Project: ["name", "slug", "description", "color", "icon"],
  ProjectMember: ["project", "user", "role"],
  RoutingPolicy: ["name", "models", "strategy", "fallbacks", "constraints"],
  ApiKey: ["name", "project", "defaultProject", "environment", "permissions", "rates.requestsPerMinute", "routingRule", "rotate"],
  Budget: ["name", "project", "amountUsd", "period", "onBreach"],
  Alert: ["name", "project", "event", "threshold", "channel.webhook", "channel.secret"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export const ROLES: RoleTable = {
  organization: {
    // F-60: there is exactly one.
    owner: { organization: CAPABILITIES, everyProject: CAPABILITIES, single: true },
    // F-42: project admin everywhere without membership. F-39: a project is deleted by its owner; whether admins may is not documented.
    admin: {
      organization: ["view", "createProjects", "manageKeys", "manageMembers", "configure"],
      everyProject: ["view", "callModels", "manageKeys", "manageMembers", "configure"],
      protectedRoles: ["owner"],
    },
    // F-33 to F-36: creates projects, manages those assigned, and reaches neither settings nor billing nor providers.
    manager: { organization: ["createProjects"], everyProject: ["view"], roleOfCreator: "owner" },
    member: { organization: ["view"], everyProject: ["view"] },
  },
  project: {
    // F-39
    owner: { capabilities: ["view", "callModels", "manageKeys", "manageMembers", "configure", "delete"] },
    // F-40
    admin: { capabilities: ["view", "callModels", "manageKeys", "manageMembers", "configure"], protectedRoles: ["owner"] },
    // F-41
    member: { capabilities: ["view"] },
  },
};
