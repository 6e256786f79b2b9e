import type { Kind } from "../../schema/kind.js";
import { DIALECT, EVENTS, FIELDS, PROVIDERS, ROLES } from "../../schema/systems/olyx.js";
import type { Client } from "../http/client.js";
import type { KindSupport, ObjectApi } from "./adapter.js";
import { canonicalObjects } from "./canonical.js";
import { defineAdapter } from "./define-adapter.js";
import { assumed, dashboard, documented, unsupported } from "./evidence.js";
import { identifyByCredential } from "./identify.js";
import { organizationMembers, projectMembers } from "./olyx-invitations.js";
import { readOlyxErrors } from "./read-olyx-errors.js";

const READ = "2026-08-24";
const PROJECTS_PAGE = "https://olyx-7xg.pages.dev/docs/v1/projects/overview";
const KEYS_PAGE = "https://olyx-7xg.pages.dev/docs/v1/guides/api-keys";
const MODELS_PAGE = "https://olyx-7xg.pages.dev/docs/v1/projects/model-registry";
const ALERTS_PAGE = "https://olyx-7xg.pages.dev/docs/v1/guides/alerts";
const TEAM_PAGE = "https://olyx-7xg.pages.dev/docs/v1/guides/team-management";
const ROUTING_PAGE = "https://olyxai.io/docs/v1/guides/routing";

const NO_CALLS = assumed("Olyx documents the object and not the path, verb and body of the calls to manage it");
const onPage = (page: string, url: string) => [NO_CALLS, dashboard(page, url, READ)];
const invited = [
  documented(TEAM_PAGE, READ),
  assumed("Olyx documents the invitation, and neither the list of members, nor the change of a role, nor a removal"),
  dashboard("Settings -> Team", TEAM_PAGE, READ),
];

/** What a member needs after its invitation, whatever is declared of it. */
const MEMBER_CALLS = () => ["that reads members", "that changes a role", "that removes a member"];

/** O-01: everything of an Olyx organization but its members is one project's. */
const ITS_PROJECT = { project: "an Olyx organization keeps none itself, so declare it under a project" };

const kinds: Readonly<Record<string, KindSupport>> = {
  Organization: {
    evidence: onPage("Settings -> Organization", PROJECTS_PAGE),
    idForm: "numeric",
    has: FIELDS.Organization,
    instead: {
      plan: "what is bought is not told by any call",
      contacts: "whoever has the role owner or admin is written to",
      requestsPerMinute: "an hourly cap in US dollars on each key (hourlyUsd)",
    },
  },
  SecurityPolicy: {
    evidence: [
      assumed(
        "Olyx documents guardrails as settings of each project, which its keys read, and no call that writes them: one for the organization is our guess",
      ),
      dashboard("Project -> Settings -> Guardrails, in each project", "https://www.olyxai.io/docs/v1/policy-schema", READ),
    ],
    idForm: "numeric",
    has: FIELDS.SecurityPolicy,
    instead: {
      singleSignOn: "people sign in with the account that their invitation made",
      sessionMinutes: "the length of a session is the vendor's",
      idleMinutes: "the length of a session is the vendor's",
      ipAllowList: "none of its checks looks at addresses",
    },
  },
  Role: { evidence: unsupported("has no custom roles: give members one of owner, admin, member") },
  OrganizationMember: {
    evidence: invited,
    assumedCalls: MEMBER_CALLS,
    has: FIELDS.OrganizationMember,
    values: { role: ["owner", "admin", "member"] },
    // O-67
    notes: ({ role }) =>
      role === "admin" ? ["An invitation offers member and owner alone: invite somebody new as member, and make them admin then."] : [],
    // An invitation ends after 7 days by itself, a membership does not.
    local: ["expiresAt"],
    instead: { initialPassword: "the person chooses a password when accepting the invitation" },
  },
  EnvironmentLimit: {
    evidence: unsupported(
      "has no limits of an environment: a project is the environment, so declare budgets under it and hourlyUsd on its keys",
    ),
  },
  ProviderCredential: {
    evidence: unsupported("keeps no credential as an object of its own: give apiKey on the model that is called with it"),
  },
  Project: {
    evidence: onPage("Projects", PROJECTS_PAGE),
    idForm: "numeric",
    has: FIELDS.Project,
    local: ["slug", "environment", "labels", "launch"],
    defaults: { status: "active" },
    // O-25, O-27
    archivedInsteadOfRemoved: true,
    final: { status: { archived: "write `status: archived`, and declare a project of another name for what begins anew" } },
    instead: {
      color: "name and description are what tells projects apart",
      icon: "name and description are what tells projects apart",
      defaultTimeoutMs: "the time-out of a request is the client's",
    },
  },
  ProjectMember: {
    evidence: invited,
    assumedCalls: MEMBER_CALLS,
    has: FIELDS.ProjectMember,
    values: { role: ["owner", "admin", "member"] },
  },
  Environment: { evidence: unsupported("has no environments below a project: declare a project for each environment") },
  Model: {
    evidence: onPage("Model Registry", MODELS_PAGE),
    idForm: "numeric",
    has: FIELDS.Model,
    needs: ITS_PROJECT,
    values: { provider: PROVIDERS },
    instead: {
      upstreamModel: "the identifier is the provider's name of the model, or additionalConfig maps it",
      credential: "apiKey, the provider's key itself",
      cacheReadUsdPerMillionTokens: "inputUsdPerMillionTokens stands for all input tokens",
      pricingTiers: "one input and one output price for each entry",
      limits: "hourlyUsd on the keys and a budget of the project",
      capabilities: "additionalConfig for settings of the provider",
      contextWindow: "additionalConfig for settings of the provider",
    },
  },
  RoutingTier: {
    evidence: onPage("Project -> Settings -> Routing", ROUTING_PAGE),
    // It is a setting of its project, and has no id but its name.
    knownId: ({ tier }) => (typeof tier === "string" ? tier : undefined),
    has: FIELDS.RoutingTier,
    instead: { fallbacks: "one order of fallbacks for the whole project (routing.fallbacks)" },
  },
  RoutingPolicy: {
    evidence: onPage("Project -> Settings -> Routing", ROUTING_PAGE),
    has: FIELDS.RoutingPolicy,
    needs: ITS_PROJECT,
    instead: {
      name: "each project has one routing of its own",
      strategy: "the tiers of the project (routing.tiers) choose the model",
      policies: "the tiers of the project (routing.tiers) choose the model",
      models: "the tiers of the project (routing.tiers) choose the model",
      constraints: "the tiers of the project (routing.tiers) choose the model",
    },
  },
  ApiKey: {
    evidence: onPage("Project -> API Keys", KEYS_PAGE),
    // O-48
    idForm: "keyId",
    secretPrefixes: ["ak_"],
    has: [...FIELDS.ApiKey, "rotate"],
    // The project is the environment; where a key says it too, it is for the house's own rules and reports.
    local: ["environment", "owner", "ownerType", "consumer", "expiresAt"],
    // No call renews a key: a second one is made and the first revoked (O-49).
    fixed: ["rotate"],
    needs: { project: "each key belongs to one project, so declare it under one" },
    instead: {
      defaultProject: "each key is locked to its project",
      models: "the model registry of the project says what its keys may call",
      rates: "an hourly cap in US dollars (hourlyUsd)",
      monthlyUsd: "an hourly cap (hourlyUsd) and the monthly budget of the project",
      limits: "an hourly cap in US dollars (hourlyUsd)",
      routingRule: "the routing of the project",
    },
  },
  Budget: {
    evidence: onPage("Project -> Settings -> Spend", PROJECTS_PAGE),
    has: FIELDS.Budget,
    local: ["name"],
    needs: ITS_PROJECT,
    values: { period: ["month"], onBreach: ["block"] },
    instead: { team: "a budget is a project's", thresholds: "the alert of the event circuit_breaker, when a key reaches its hourly cap" },
  },
  Alert: {
    evidence: onPage("Settings -> Alert Webhooks", ALERTS_PAGE),
    has: FIELDS.Alert,
    needs: ITS_PROJECT,
    values: { event: EVENTS, events: EVENTS },
    instead: {
      channel: "a webhook (channel.webhook and channel.secret)",
      schedule: "events only, none by the clock",
      notifyOn: "every delivery of a selected event",
      enabled: "no switch: remove the alert",
    },
  },
};

/** Kinds that are reached in another way than as a plain collection. */
const SPECIAL: Readonly<Record<string, (client: Client, kind: Kind, plain: ObjectApi) => ObjectApi>> = {
  OrganizationMember: organizationMembers,
  ProjectMember: projectMembers,
};

/** Olyx: its objects are documented, its invitations too; all other calls to manage it are guesses, or a person's work. */
export const olyx = defineAdapter({
  system: "olyx",
  title: "Olyx",
  kinds,
  roles: ROLES,
  // O-04, O-07, O-12
  projectIsEnvironment: true,
  dialect: DIALECT,
  defaultTransport: "dashboard",
  readRefusal: readOlyxErrors,
  identify: identifyByCredential,
  objects(client, kind) {
    const special = SPECIAL[kind.name];
    return special?.(client, kind, canonicalObjects(client, kind, DIALECT, readOlyxErrors));
  },
});
