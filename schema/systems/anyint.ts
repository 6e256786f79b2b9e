import { type Dialect, words } from "./dialect.js";
import type { RoleTable } from "./roles.js";

/** Display names of the roles; how a call spells them is not documented. */
const ROLE_WORDS = words({ admin: "Admin", owner: "Project Owner", member: "Member", finance: "Finance" });
const HIDDEN = { hidden: true } as const;
const BASE = { project: { name: "project_id" } } as const;

/**
 * The words of AnyInt, as far as its pages have any. It documents no management call: paths and names of fields are the plainest
 * guess after what its dashboard shows.
 */
export const DIALECT: Dialect = {
  prefix: "/enterprise/v1",
  casing: "snake",
  kinds: {
    Organization: { fields: { organizationId: HIDDEN, plan: HIDDEN } },
    SecurityPolicy: { fields: { singleSignOn: { name: "sso" }, ipAllowList: { name: "ip_allowlist" } } },
    OrganizationMember: { fields: { memberId: HIDDEN, user: { name: "email" }, role: { ...ROLE_WORDS } } },
    Project: { fields: { projectId: HIDDEN, totalMonthlySpendUsd: { name: "monthly_usage_usd" } } },
    ProjectMember: { fields: { ...BASE, memberId: HIDDEN, user: { name: "email" }, role: { ...ROLE_WORDS } } },
    ProviderCredential: { path: "/byok", fields: { credentialId: HIDDEN } },
    ApiKey: {
      path: "/team-keys",
      fields: {
        ...BASE,
        keyId: HIDDEN,
        labels: { name: "tags" },
        ipAllowList: { name: "ip_allowlist" },
        rates: { name: "rate_limits" },
        monthlyUsd: { name: "spend_limit" },
        onBreach: { name: "spend_limit_action" },
        routingRule: { name: "routing_policy" },
        status: words({ active: "Active", disabled: "Disabled", revoked: "Deleted" }),
      },
    },
    Alert: { path: "/webhooks", fields: { alertId: HIDDEN, channel: { name: "endpoint" } } },
  },
};

/** The inputs that AnyInt has of each kind. */
export const FIELDS = {
  Organization: ["name", "contacts"],
  SecurityPolicy: ["singleSignOn", "sessionMinutes", "idleMinutes", "ipAllowList"],
  OrganizationMember: ["user", "role"],
  Project: ["name", "description"],
  ProjectMember: ["project", "user", "role"],
  ProviderCredential: ["name", "provider", "value"],
  ApiKey: [
    "name",
    "description",
    "project",
    "labels",
    "models",
    "ipAllowList",
    "rates.requestsPerMinute",
    "rates.requestsPerHour",
    "rates.requestsPerDay",
    "rates.tokensPerMinute",
    "rates.tokensPerDay",
    "monthlyUsd",
    "onBreach",
    "routingRule",
  ],
  Alert: ["name", "event", "events", "channel.webhook", "channel.secret"],
} as const;

/** What single sign-on is missing, each with the property. Used by the check and by the server. */
export function singleSignOnProblems(singleSignOn: unknown): { property: string; reason: string }[] {
  const { status, protocol, entityId, certificate, clientId } = (singleSignOn ?? {}) as Readonly<Record<string, unknown>>;
  if (status === undefined || status === "off") return [];
  const needed = protocol === "saml" ? { entityId, certificate } : protocol === "oidc" ? { clientId } : {};
  return Object.entries(needed)
    .filter(([, value]) => value === undefined)
    .map(([name]) => ({ property: `singleSignOn.${name}`, reason: `is missing: ${String(protocol)} needs it` }));
}

export const ROLES: RoleTable = {
  organization: {
    // the whole organization, its settings, members, keys, billing and sign-on.
    admin: {
      organization: ["view", "createProjects", "manageKeys", "manageMembers", "configure", "delete", "billing"],
      everyProject: ["view", "callModels", "manageKeys", "manageMembers", "configure", "delete"],
    },
    // nothing by itself; what a person reaches comes from memberships of projects.
    member: { organization: [], everyProject: [] },
    // billing and invoices only.
    finance: { organization: ["billing"], everyProject: [] },
  },
  project: {
    // manages members, keys and settings of the own project.
    owner: { capabilities: ["view", "callModels", "manageKeys", "manageMembers", "configure"] },
    // makes and manages own keys only, so calls models with them.
    member: { capabilities: ["view", "callModels"] },
  },
};
