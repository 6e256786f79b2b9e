import type { KindName } from "../../../schema/kinds/index.js";
import { PERMISSIONS } from "../../../schema/systems/routerly.js";
import type { KindSupport } from "../adapter.js";
import { documented, unsupported } from "../evidence.js";
import { CHANNEL_MEMBERS, CHANNEL_PROVIDER_NAMES, channelRules } from "./channel-providers.js";
import { routingRules } from "./routing-rules.js";
import { keyRules, memberRoleRules, modelRules, projectRules, roleNameRules } from "./rules.js";
import { NAME_LABEL } from "./tokens.js";

const READ_ON = "2026-08-24";
const MANAGEMENT = documented("https://doc.routerly.ai/api/management", READ_ON);
const USERS = documented("https://doc.routerly.ai/dashboard/users-and-roles", READ_ON);
const PROJECTS = documented("https://doc.routerly.ai/dashboard/projects", READ_ON);

const LIMITS_PER_MODEL =
  "write limits: [{ model, mode: replace, limits: [{ metric, windowType, period, value }] }], which the API enforces";
const A_ROLE = "only the role of the user counts, in the whole installation";

/** What Routerly 0.2 has of each kind. The server checks next to nothing: what is wrong must be found here. */
export const KINDS_OF_ROUTERLY: Readonly<Partial<Record<KindName, KindSupport>>> = {
  OrganizationMember: {
    evidence: USERS,
    idForm: "uuid",
    has: ["user", "role", "initialPassword"],
    local: ["expiresAt"],
    needs: {
      initialPassword: "initialPassword: { env: GATEHOUSE_… }, since it sends no invitations; or `adopt: ifExists` for a user who is there",
    },
    instead: {
      firstName: "a user there is known by the e-mail address alone",
      lastName: "a user there is known by the e-mail address alone",
    },
    rules: ({ role }) => memberRoleRules(role),
  },
  Role: {
    evidence: USERS,
    values: { permissions: PERMISSIONS },
    rules: ({ name }) => roleNameRules(name),
  },
  Project: {
    evidence: PROJECTS,
    idForm: "uuid",
    has: ["name", "defaultTimeoutMs"],
    // The API ignores slug and description, so the state keeps them, with what else only people read.
    local: ["slug", "description", "environment", "labels", "launch"],
    instead: {
      status: "it knows no archive, so end its keys and keep the project for its history, or remove it",
      grading: "it measures no quality",
      color: "a project there has a name and nothing to look at",
      icon: "a project there has a name and nothing to look at",
    },
    rules: ({ name }) => projectRules(name),
  },
  ProjectMember: {
    evidence: PROJECTS,
    has: ["project", "user", "role"],
    values: { role: ["viewer", "editor", "admin"] },
    instead: { role: A_ROLE },
  },
  Model: {
    evidence: MANAGEMENT,
    has: [
      "name",
      "identifier",
      "provider",
      "endpoint",
      "upstreamModel",
      "inputUsdPerMillionTokens",
      "outputUsdPerMillionTokens",
      "cacheReadUsdPerMillionTokens",
      "pricingTiers",
      "contextWindow",
      "capabilities",
      "limits",
      "apiKey",
    ],
    needs: {
      inputUsdPerMillionTokens: "the price of a million input tokens; 0 where there is none",
      outputUsdPerMillionTokens: "the price of a million output tokens; 0 where there is none",
    },
    instead: {
      project: "models are registered for all projects, under the top-level `models`; a project names those it uses under routing.models",
      credential: "the provider's key stands with each model: write apiKey: { env: GATEHOUSE_…, version: 1 }",
      visibility: "a model is called by the projects that name it under routing.models",
    },
    rules: modelRules,
  },
  RoutingPolicy: {
    evidence: PROJECTS,
    has: ["project", "models", "policies"],
    needs: { project: "routing belongs to a project: write it under projects.NAME.routing" },
    instead: {
      name: "routing belongs to a project: write it under projects.NAME.routing",
      strategy: "order the policies of the project instead: cheapest, health, performance, fairness",
      fallbacks: "name the models under routing.models: when one fails, another of them answers",
      shadows: "no request is sent twice",
      constraints: "it changes no routing by itself",
    },
    normalise: normalisedRouting,
    rules: routingRules,
  },
  ApiKey: {
    evidence: MANAGEMENT,
    idForm: "uuid",
    has: ["name", "project", "labels", "limits", "rotate"],
    local: ["environment", "owner", "ownerType", "consumer", "description", "expiresAt"],
    // a new secret is a new token, and the former one ends.
    fixed: ["rotate"],
    needs: { project: "a token belongs to one project: write the key under projects.NAME.keys" },
    keyScope: "project",
    instead: {
      defaultProject: "a token belongs to one project: write `project`",
      permissions: "a token calls the models of its project and nothing else",
      models: "a token calls all models of its project: make a project of its own for fewer",
      ipAllowList: "a token may be used from anywhere",
      rates: `limits of the metric calls in a rolling window are the nearest: ${LIMITS_PER_MODEL}`,
      hourlyUsd: `limits of the metric cost are the nearest: ${LIMITS_PER_MODEL}`,
      monthlyUsd: `limits of the metric cost are the nearest: ${LIMITS_PER_MODEL}`,
      routingRule: "a token is routed as its project is",
    },
    rules: (inputs) => keyRules(inputs, NAME_LABEL),
  },
  Alert: {
    evidence: documented("https://doc.routerly.ai/api/management", READ_ON),
    has: ["name", "channel.provider", ...CHANNEL_MEMBERS.map((member) => `channel.${member}`)],
    // the channel is kept, and no event of this version reaches it.
    local: ["event", "events"],
    values: { "channel.provider": CHANNEL_PROVIDER_NAMES },
    instead: {
      project: "channels are those of the installation: write it under the top-level `alerts`",
      "channel.email": "a mail channel has a sender and no recipient: write provider, fromAddress, host and port",
      threshold: "it has channels, and no event of this version sends anything",
      schedule: "it has channels, and runs nothing on a schedule",
      notifyOn: "it has channels, and runs nothing on a schedule",
      enabled: "a channel is there or it is not",
    },
    rules: channelRules,
  },
  Budget: {
    evidence: unsupported(
      "has no budgets of projects or of the whole: write limits of the metric cost on a Model, or per model on an ApiKey",
    ),
  },
  Organization: { evidence: unsupported("has no organization: its members, roles and models are those of the installation") },
  Environment: { evidence: unsupported("has no environments: make a project for each") },
  EnvironmentLimit: { evidence: unsupported("has no environments: make a project for each, and write limits on its keys") },
  ProviderCredential: {
    evidence: unsupported("keeps the provider's key with each model: write apiKey: { env: GATEHOUSE_…, version: 1 } on the Model"),
  },
  RoutingTier: {
    evidence: unsupported(
      "has no tiers: the intents of a policy of type semantic-intent are nearest, under routing.policies[].config.intents with their candidate_models",
    ),
  },
  SecurityPolicy: { evidence: unsupported("has no single sign-on and no session settings: people log in with e-mail and password") },
};

/** A policy that does not say whether it is used is used, and the server needs to be told. Empty settings are shown as none. */
function normalisedRouting(inputs: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { policies } = inputs;
  if (!Array.isArray(policies)) return inputs;
  const whole = policies.map((policy: unknown) => {
    if (typeof policy !== "object" || policy === null) return policy;
    const { config, ...rest } = policy as { config?: unknown };
    const isEmpty = typeof config === "object" && config !== null && Object.keys(config).length === 0;
    return { enabled: true, ...rest, ...(config === undefined || isEmpty ? {} : { config }) };
  });
  return { ...inputs, policies: whole };
}
