import { type Dialect, type FieldDialect, perThousandTokens } from "./dialect.js";
import type { RoleTable } from "./roles.js";

/** Numbers on the wire, text in our state. Ids that are words, such as a tier's, stay words. */
const numericId: FieldDialect = {
  toWire: (value) => (typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value),
  fromWire: (value) => (typeof value === "number" ? String(value) : value),
};

/** A member of an object under another name than our own, on the wire. */
function renamed(ours: string, theirs: string): Omit<FieldDialect, "name"> {
  const swap = (value: unknown, from: string, to: string): unknown =>
    typeof value === "object" && value !== null
      ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name === from ? to : name, member]))
      : value;
  return { toWire: (value) => swap(value, ours, theirs), fromWire: (value) => swap(value, theirs, ours) };
}

const within = (member: string): Omit<FieldDialect, "name"> => ({
  toWire: (value) => ({ [member]: value }),
  fromWire: (value) => (value as Record<string, unknown> | undefined)?.[member],
});

const BASE = { id: numericId, project: { name: "project_id", ...numericId } } as const;
const HIDDEN = { hidden: true } as const;

/**
 * The words of Olyx. Names of fields are documented where the vendor's pages show them (project, model entry, key, invitation);
 * paths, and the names inside `settings`, are the plainest guess.
 */
export const DIALECT: Dialect = {
  prefix: "/api/v1",
  casing: "snake",
  kinds: {
    Organization: { fields: { ...BASE, organizationId: HIDDEN, plan: HIDDEN } },
    // Its pages list guardrails among a project's settings; we declare them once, for all projects of the organization.
    SecurityPolicy: {
      path: "/guardrails",
      fields: { ...BASE, promptGuards: { name: "guardrails", ...renamed("block_injection", "injection_block") } },
    },
    OrganizationMember: { fields: { ...BASE, memberId: HIDDEN, user: { name: "email" } } },
    Project: {
      fields: {
        ...BASE,
        projectId: HIDDEN,
        createdAt: HIDDEN,
        updatedAt: HIDDEN,
        grading: { name: "settings", ...within("grading_baseline") },
        totalMonthlySpendUsd: { name: "total_monthly_spend" },
      },
    },
    ProjectMember: { fields: { ...BASE, memberId: HIDDEN, user: { name: "email" } } },
    Model: {
      fields: {
        ...BASE,
        modelId: HIDDEN,
        endpoint: { name: "base_url" },
        visibility: {
          name: "is_public",
          toWire: (value) => (typeof value === "string" ? value === "public" : value),
          fromWire: (value) => (typeof value === "boolean" ? (value ? "public" : "private") : value),
        },
        inputUsdPerMillionTokens: { name: "input_cost_per_1k", ...perThousandTokens },
        outputUsdPerMillionTokens: { name: "output_cost_per_1k", ...perThousandTokens },
      },
    },
    RoutingTier: { path: "/projects/{project}/settings/routing_tiers", fields: BASE },
    RoutingPolicy: {
      path: "/routing_settings",
      fields: { ...BASE, policyId: HIDDEN, fallbacks: { name: "routing_fallbacks" }, shadows: { name: "shadow_models" } },
    },
    ApiKey: {
      path: "/api_keys",
      fields: {
        ...BASE,
        id: {},
        hourlyUsd: { name: "hourly_spend_cap" },
        lastUsedAt: { name: "last_used" },
        maskedToken: { name: "masked_token" },
      },
    },
    Budget: { fields: { ...BASE, budgetId: HIDDEN, amountUsd: { name: "amount" } } },
    Alert: {
      path: "/alert_webhooks",
      fields: { ...BASE, alertId: HIDDEN, channel: { name: "endpoint", ...renamed("webhook", "url") } },
    },
  },
};

/** The inputs that Olyx has of each kind. */
export const FIELDS = {
  Organization: ["name"],
  SecurityPolicy: ["promptGuards"],
  OrganizationMember: ["user", "role", "firstName", "lastName"],
  Project: ["name", "description", "status", "grading"],
  ProjectMember: ["project", "user", "role"],
  Model: [
    "name",
    "project",
    "identifier",
    "provider",
    "endpoint",
    "visibility",
    "inputUsdPerMillionTokens",
    "outputUsdPerMillionTokens",
    "dataRetentionDays",
    "regionRestriction",
    "additionalConfig",
    "apiKey",
  ],
  RoutingTier: ["project", "tier", "model"],
  RoutingPolicy: ["project", "fallbacks", "shadows"],
  ApiKey: ["name", "project", "hourlyUsd"],
  Budget: ["project", "amountUsd", "period", "onBreach"],
  Alert: ["name", "project", "event", "events", "threshold", "channel.webhook", "channel.secret"],
} as const;

/** Provider families of the model registry. */
export const PROVIDERS = ["openai", "anthropic", "gemini", "bedrock", "azure", "internal"] as const;

/** The only events that a webhook delivers (O-61). */
export const EVENTS = ["grade_below_threshold", "circuit_breaker"] as const;

/** Roles that an invitation to the organization takes; admin is not among them (O-67). */
export const INVITED_ROLES: readonly string[] = ["member", "owner"];

export const ROLES: RoleTable = {
  // O-42, O-43: owner and admin share the administration; what only an owner may do is too little to tell them apart by.
  administration: ["manageMembers"],
  organization: {
    // O-42: organization administration, billing, final project control.
    owner: {
      organization: ["view", "createProjects", "manageKeys", "manageMembers", "configure", "delete", "billing"],
      everyProject: ["view", "manageKeys", "manageMembers", "configure", "delete"],
    },
    // O-43: project configuration, keys, model registry, team operations. Making an owner is organization administration (O-42).
    admin: {
      organization: ["view", "createProjects", "manageKeys", "manageMembers"],
      everyProject: ["view", "manageKeys", "manageMembers", "configure"],
      protectedRoles: ["owner"],
    },
    // O-44: reviews traces and statistics, and nothing else.
    member: { organization: ["view"], everyProject: ["view"] },
  },
  // O-68: membership exists per project as well. The words beside `member` are assumed.
  project: {
    owner: { capabilities: ["view", "manageKeys", "manageMembers", "configure", "delete"] },
    admin: { capabilities: ["view", "manageKeys", "manageMembers", "configure"], protectedRoles: ["owner"] },
    member: { capabilities: ["view"] },
  },
};
