import { choiceProblems, DIALECT, FIELDS, loginProblems, PROVIDER_KEY, ROLES } from "../../schema/systems/qodex.js";
import { defineAdapter } from "./define-adapter.js";
import { assumed, dashboard, type Evidence, unsupported } from "./evidence.js";
import { identifyByCredential } from "./identify.js";

const DATE = "2026-08-24";
const DOCS = "https://qodex.ai/docs";
const GUESS = assumed("Qodex publishes no management call; the paths are a guess after its web routes");
const PROJECT = { project: "everything there belongs to one project" };

/** A person does it on this page; over HTTP it is a guess. */
const onPage = (page: string, docs: string): readonly Evidence[] => [dashboard(page, docs, DATE), GUESS];

/** Qodex: projects around one app under test each, with environments, keys, members and a model key of their own. */
export const qodex = defineAdapter({
  system: "qodex",
  title: "Qodex",
  defaultTransport: "dashboard",
  dialect: DIALECT,
  roles: ROLES,
  identify: identifyByCredential,
  kinds: {
    Organization: { evidence: unsupported("keeps no organization: declare projects, each stands for itself") },
    OrganizationMember: {
      evidence: unsupported("has no members outside of projects: write them under `members` of each project"),
    },
    Role: { evidence: unsupported("has two fixed roles: give the members of a project admin or member") },
    SecurityPolicy: {
      evidence: unsupported("has no settings for sign-in or prompts: constrain what tests may do in `constraints` of an Environment"),
    },
    EnvironmentLimit: {
      evidence: unsupported("keeps limits with each place that is tested: write them in `constraints` of an Environment"),
    },
    Project: {
      evidence: onPage("New project, and Settings of the project", `${DOCS}/account-workspaces-and-projects`),
      // its pages and its one documented API path are called by it; an id beside it is not documented.
      idForm: "slug",
      has: FIELDS.Project,
      local: ["launch"],
      defaults: { status: "active" },
      // deleting one for good is a step that a person takes.
      archivedInsteadOfRemoved: true,
      final: { status: { archived: "write `status: archived`, and declare a project of another slug for what begins anew" } },
      instead: {
        environment: "one project has several environments, write them under `environments`",
        labels: "describe the project in `description`",
      },
    },
    ProjectMember: {
      evidence: onPage("Settings > Members", `${DOCS}/account-members-and-roles`),
      has: FIELDS.ProjectMember,
      values: { role: Object.keys(ROLES.project) },
    },
    Environment: {
      evidence: onPage("Settings > Environments", "https://qodexai.mintlify.app/api-testing-auth-profiles"),
      has: FIELDS.Environment,
      rules: loginProblems,
    },
    ProviderCredential: {
      evidence: onPage("Settings > BYOK", "https://qodexai.mintlify.app/integrations-byok"),
      has: FIELDS.ProviderCredential,
      secretPrefixes: ["sk-"],
      values: { provider: ["openai"] },
      needs: PROJECT,
      rules: ({ value }) =>
        typeof value !== "string" || PROVIDER_KEY.test(value)
          ? []
          : [{ property: "value", reason: "must begin with sk-, as OpenAI's keys do" }],
    },
    Model: {
      evidence: unsupported("keeps no models: a project brings a key of its provider, write it under `credentials` of the project"),
    },
    RoutingTier: { evidence: unsupported("routes no requests: a project brings a key of its provider, write it under `credentials`") },
    RoutingPolicy: { evidence: unsupported("routes no requests: a project brings a key of its provider, write it under `credentials`") },
    ApiKey: {
      evidence: onPage("Settings > API Keys", "https://qodexai.mintlify.app/run-tests-via-webhook"),
      secretPrefixes: ["qk_"],
      has: FIELDS.ApiKey,
      local: ["environment", "owner", "ownerType", "consumer", "expiresAt"],
      needs: PROJECT,
      keyScope: "project",
      instead: {
        monthlyUsd: "the platform caps each project by itself, and a key of its provider lifts that (`credentials`)",
        hourlyUsd: "the platform caps each project by itself, and a key of its provider lifts that (`credentials`)",
        rates: "write maxRequestsPerSecond in `constraints` of the Environment",
      },
    },
    Budget: {
      evidence: unsupported("caps what it pays for by itself, over 5 hours and a week, and shows it only: bring a key under `credentials`"),
    },
    Alert: {
      evidence: onPage("Schedules", `${DOCS}/run-tests-on-schedule`),
      idForm: "pol",
      has: FIELDS.Alert,
      needs: {
        ...PROJECT,
        schedule: "it tells what scheduled runs found, give cron and environment",
        notifyOn: "always, failure or never",
      },
      rules: ({ schedule }) => choiceProblems(schedule),
      instead: { event: "what is told is the end of a scheduled run", "channel.email": "a webhook, `channel.webhook`" },
    },
  },
});
