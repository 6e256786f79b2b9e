import type { Problem } from "../../schema/kind.js";
import { DIALECT, FIELDS, ROLES } from "../../schema/systems/floopy.js";
import { canonicalObjects } from "./canonical.js";
import { defineAdapter } from "./define-adapter.js";
import { assumed, dashboard, documented, type Evidence, unsupported } from "./evidence.js";
import { CONSTRAINTS_ID, routingPolicies } from "./floopy-constraints.js";
import { identifyByReading } from "./identify.js";
import { readErrorBody } from "./read-error-body.js";

const DATE = "2026-08-24";
const DOCS = "https://floopy.ai/docs";
const PROJECTS = "features/projects/";
const GUESS = assumed("Floopy publishes no call for it; the paths are a guess after the names in its documentation");

/** A person does it on this page; over HTTP it is a guess. */
const onPage = (page: string, docs: string): readonly Evidence[] => [dashboard(page, `${DOCS}/${docs}`, DATE), GUESS];

/** Where in the dashboard they are set is not documented; what they are is. */
const CONSTRAINTS_PAGE = dashboard("the organization's Constraints", `${DOCS}/features/constraints/`, DATE);

/** Floopy: an organization's projects, keys, limits, budgets and alerts are made in its dashboard; its constraints over its API. */
export const floopy = defineAdapter({
  system: "floopy",
  title: "Floopy",
  defaultTransport: "dashboard",
  dialect: DIALECT,
  roles: ROLES,
  readRefusal: readErrorBody,
  identify: identifyByReading("/v1/constraints", readErrorBody),
  objects(client, kind) {
    if (kind.name !== "RoutingPolicy") return undefined;
    const { transport, allowAssumed } = client.settings;
    const reachesRules = transport === "rehearsal" || allowAssumed === true;
    return routingPolicies(client, kind, reachesRules ? canonicalObjects(client, kind, DIALECT, readErrorBody) : undefined);
  },
  kinds: {
    Organization: {
      evidence: onPage("Settings > Organization", "guides/authentication"),
      idForm: "uuid",
      has: FIELDS.Organization,
      instead: { contacts: "its owner gets invoices and notices" },
    },
    OrganizationMember: {
      evidence: onPage("Settings > Team", "guides/authentication"),
      has: FIELDS.OrganizationMember,
      values: { role: Object.keys(ROLES.organization) },
      local: ["expiresAt"],
      instead: { initialPassword: "people join by invitation" },
    },
    Role: { evidence: unsupported("has four fixed roles: give members owner, admin, manager or member") },
    SecurityPolicy: {
      evidence: unsupported("describes no settings of its firewall and threat detectors: declare environmentLimits and budgets instead"),
    },
    EnvironmentLimit: { evidence: onPage("Settings > Limits", PROJECTS), has: FIELDS.EnvironmentLimit },
    ProviderCredential: {
      evidence: onPage("Settings > Providers", "guides/providers/"),
      has: FIELDS.ProviderCredential,
      instead: { project: "a provider's key belongs to the whole organization" },
    },
    Project: {
      evidence: onPage("Projects > New Project", PROJECTS),
      idForm: "uuid",
      has: FIELDS.Project,
      local: ["launch"],
      instead: {
        environment: "the environment belongs to a key, write `environment` on each ApiKey",
        status: "no archive is documented, so end its keys and keep the project for its history, or remove it",
        labels: "describe the project in `description`",
        grading: "declare an Alert of the project",
      },
    },
    ProjectMember: {
      evidence: onPage("the project's Members tab", PROJECTS),
      has: FIELDS.ProjectMember,
      values: { role: Object.keys(ROLES.project) },
    },
    Environment: {
      evidence: unsupported(
        "has no environments of their own: write `environment` (development, staging, production, other) on each ApiKey",
      ),
    },
    Model: { evidence: unsupported("keeps no models: requests and routing rules name a provider's model as it is called there") },
    RoutingTier: {
      evidence: unsupported("has no tiers: declare a rule under routing.rules and name it in `routingRule` of the keys"),
    },
    RoutingPolicy: {
      evidence: [documented(`${DOCS}/api/constraints/`, DATE), ...onPage("Routing > Rules", "guides/routing")],
      pageFor: ({ constraints }) => (constraints === undefined ? undefined : CONSTRAINTS_PAGE),
      // A rule has one (VERIF: `route_id`), the constraints are there once.
      idForm: "uuid",
      knownId: ({ constraints }) => (constraints === undefined ? undefined : CONSTRAINTS_ID),
      assumedCalls: ({ name }) =>
        name === undefined ? [] : ["that creates a named rule", "that reads it", "that changes it", "that deletes it"],
      has: FIELDS.RoutingPolicy,
      instead: {
        project: "rules belong to the organization and are chosen by `routingRule` of each key",
        policies: "a rule has one strategy",
        shadows: "shadows are experiments there",
      },
      rules: ruleProblems,
    },
    ApiKey: {
      evidence: onPage("Settings > API Keys", "guides/api-keys"),
      idForm: "uuid",
      has: FIELDS.ApiKey,
      local: ["owner", "ownerType", "consumer", "expiresAt"],
      // F-55, F-56: a lost secret is replaced by revoking the key and making another one.
      fixed: ["rotate"],
      instead: {
        monthlyUsd: "cap the environment (environmentLimits) or the project (budgets)",
        hourlyUsd: "cap the environment (environmentLimits) or the project (budgets)",
        models: "a routing rule chooses the models, name it in `routingRule`",
        labels: "put the project and the environment into the name",
      },
    },
    Budget: {
      evidence: onPage("Settings > Billing > Team Budgets", "billing/team-budgets/"),
      has: FIELDS.Budget,
      values: { period: ["month"], onBreach: ["block", "revoke"] },
      defaults: { onBreach: "block" },
      instead: {
        team: "which keys belong to a team is not documented, scope the budget to a project",
        thresholds: "it warns by itself before the ceiling",
      },
      // BUDG: the ceiling is in credits; what a credit is worth is not documented.
      notes: () => ["The page counts in credits: set as many as the amount in US dollars buys."],
    },
    Alert: {
      evidence: onPage("Alerts and Settings > Webhooks", "integrations/webhooks/"),
      has: FIELDS.Alert,
      values: { event: ["alert_triggered", "budget_exceeded", "security_alert"] },
      needs: { event: "one of alert_triggered, budget_exceeded, security_alert" },
      instead: { events: "one alert waits for one event", "channel.email": "a webhook, `channel.webhook`" },
      rules: ({ event, threshold }) =>
        event === "alert_triggered" && threshold === undefined
          ? [{ property: "threshold", reason: "is missing: an alert rule fires at a value" }]
          : [],
    },
  },
});

function ruleProblems({ name, constraints }: Readonly<Record<string, unknown>>): readonly Problem[] {
  if (name !== undefined && constraints !== undefined) {
    return [{ property: "constraints", reason: "belong to the organization: write them under routing, not in a rule" }];
  }
  if (name === undefined && constraints === undefined) {
    return [{ property: "constraints", reason: "are all that Floopy has beside named rules: write them, or a rule under routing.rules" }];
  }
  return [];
}
