import { DIALECT, FIELDS, ROLES, singleSignOnProblems } from "../../schema/systems/anyint.js";
import { defineAdapter } from "./define-adapter.js";
import { assumed, dashboard, unsupported } from "./evidence.js";
import { identifyByReading } from "./identify.js";
import { readErrorBody } from "./read-error-body.js";

const READ = "2026-08-24";
const DOCS = "https://anyint.ai/docs";

const NO_CALLS = assumed("AnyInt documents what the object is for and leaves its administration out of the API reference on purpose");
const onPage = (page: string, path: string) => [NO_CALLS, dashboard(page, `${DOCS}/${path}`, READ)];
const RATES = "rates.requestsPerMinute, requestsPerHour, requestsPerDay, tokensPerMinute and tokensPerDay";

/** AnyInt: its enterprise layer is described in words; a person does everything in its dashboard. */
export const anyint = defineAdapter({
  system: "anyint",
  title: "AnyInt",
  roles: ROLES,
  dialect: DIALECT,
  defaultTransport: "dashboard",
  readRefusal: readErrorBody,
  // The one call that it documents and that changes nothing.
  identify: identifyByReading("/openai/v1/models", readErrorBody),
  kinds: {
    Organization: {
      evidence: onPage("Enterprise -> Organization", "en/enterprise/organizations-and-projects"),
      has: FIELDS.Organization,
      instead: {
        plan: "plans are bought as subscriptions, which spends money and is left to people",
        requestsPerMinute: `the rates of each team key (${RATES})`,
      },
    },
    SecurityPolicy: {
      evidence: onPage("Enterprise -> Security", "en/enterprise/security-and-sso"),
      has: FIELDS.SecurityPolicy,
      instead: { promptGuards: "the allowed models and the rates of each team key" },
      rules: ({ singleSignOn }) => singleSignOnProblems(singleSignOn),
    },
    Role: { evidence: unsupported("has four fixed roles and no custom ones: admin, finance and member, and owner or member in a project") },
    OrganizationMember: {
      evidence: onPage("Enterprise -> Members", "en/enterprise/roles-and-permissions"),
      has: FIELDS.OrganizationMember,
      values: { role: ["admin", "member", "finance"] },
      local: ["expiresAt"],
      instead: {
        initialPassword: "the person joins by accepting the invitation",
        firstName: "people are known by their address",
        lastName: "people are known by their address",
      },
    },
    EnvironmentLimit: {
      evidence: unsupported(
        `has no limits of an environment: declare a project for each environment, and ${RATES} and monthlyUsd on its keys`,
      ),
    },
    ProviderCredential: {
      evidence: onPage("Account -> BYOK", "account-and-billing/byok"),
      has: FIELDS.ProviderCredential,
      instead: { project: "a provider's key is the organization's, and only admins attach it" },
    },
    Project: {
      evidence: onPage("Enterprise -> Projects", "en/enterprise/organizations-and-projects"),
      has: FIELDS.Project,
      local: ["slug", "environment", "labels", "launch"],
      instead: {
        status: "no archive is documented, so end its keys and keep the project for its history, or remove it",
        color: "name and description are what tells projects apart",
        icon: "name and description are what tells projects apart",
        grading: "usage views per project, in the dashboard",
        defaultTimeoutMs: "the time-out of a request is the client's",
      },
    },
    ProjectMember: {
      evidence: onPage("Enterprise -> Projects -> Members", "en/enterprise/roles-and-permissions"),
      has: FIELDS.ProjectMember,
      values: { role: ["owner", "member"] },
    },
    Environment: { evidence: unsupported("has no environments below a project: declare a project for each environment") },
    Model: {
      evidence: unsupported(
        "keeps no registry of its customers' own: its models are listed by GET /openai/v1/models, and a key names those that it may call (models.allowed)",
      ),
    },
    RoutingTier: { evidence: unsupported("has no tiers of a project: a team key names a model or a routing group in routingRule") },
    RoutingPolicy: { evidence: unsupported("keeps routing with its team keys: give routingRule on the key") },
    ApiKey: {
      evidence: onPage("Account -> Team keys", "account-and-billing/team-keys"),
      secretPrefixes: ["sk-"],
      has: [...FIELDS.ApiKey, "rotate"],
      local: ["environment", "owner", "ownerType", "consumer", "expiresAt"],
      instead: {
        defaultProject: "a key is its project's, or the organization's",
        hourlyUsd: "a spend limit of the month (monthlyUsd)",
        limits: "models.allowed or models.blocked, and the rates of the key",
        permissions: "the models and rates of the key",
        rates: RATES,
      },
    },
    Budget: {
      evidence: unsupported("keeps spend limits with its team keys: give monthlyUsd, and onBreach for block or warn, on each key"),
    },
    Alert: {
      evidence: onPage("Enterprise -> Webhooks", "en/enterprise/webhooks-and-notifications"),
      has: FIELDS.Alert,
      instead: {
        project: "webhooks are the organization's: declare it at the top level",
        channel: "a webhook (channel.webhook and channel.secret)",
        threshold: "the events usage.alert and usage.limit_reached, without a value",
        schedule: "events only, none by the clock",
        notifyOn: "every delivery of a selected event",
        enabled: "no switch: remove the alert",
      },
    },
  },
});
