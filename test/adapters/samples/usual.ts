import type { KindName } from "../../../schema/kinds/index.js";
import { FIRST_SECRET, fieldOf, fieldOfSecond, idOf, idOfSecond, OTHER_SECRET, type Sample } from "./sample.js";

const PROJECT = idOf("Project");
const OTHER_PROJECT = idOfSecond("Project");
const MODEL = fieldOf("Model", "identifier", "gpt-5-mini");
const OTHER_MODEL = fieldOfSecond("Model", "identifier", "gpt-5");
const DAILY = { metric: "cost", value: 5, windowType: "period", period: "daily" };

/** A sample of each kind for all systems. Fields that a system has not are left out, and of values that it knows the first is taken. */
export const USUAL: Readonly<Partial<Record<KindName, Sample>>> = {
  Organization: {
    inputs: { name: "Acme", contacts: { billing: "billing@acme.example" }, requestsPerMinute: 600 },
    change: { name: "Acme AI", contacts: { billing: "money@acme.example" }, requestsPerMinute: 500 },
    another: {},
  },
  OrganizationMember: {
    inputs: { user: "kim@acme.example", role: "member", firstName: "Kim", lastName: "Lee", initialPassword: FIRST_SECRET },
    change: { role: "admin", firstName: "K." },
    another: { user: "lin@acme.example" },
  },
  Role: {
    inputs: { name: "auditor", displayName: "Auditor", permissions: ["project:read"] },
    change: { displayName: "Auditors", permissions: ["project:read", "report:read"] },
    another: { name: "reviewer" },
  },
  SecurityPolicy: {
    inputs: { sessionMinutes: 480, ipAllowList: ["203.0.113.0/24"], promptGuards: { maxInputLength: 10_000 } },
    change: {
      sessionMinutes: 240,
      promptGuards: { maxInputLength: 9000 },
      singleSignOn: { status: "required", protocol: "oidc", clientId: "acme", identityProviderUrl: "https://id.acme.example" },
    },
    another: {},
  },
  EnvironmentLimit: {
    inputs: { environment: "production", requestsPerMinute: 60, monthlyUsd: 100 },
    change: { requestsPerMinute: 30, monthlyUsd: 200 },
    another: { environment: "staging" },
  },
  ProviderCredential: {
    inputs: { name: "provider", provider: "openai", project: PROJECT, value: FIRST_SECRET },
    change: { value: OTHER_SECRET },
    another: { name: "second", provider: "anthropic", project: OTHER_PROJECT },
  },
  Project: {
    inputs: {
      name: "Checkout",
      slug: "checkout",
      description: "Takes orders",
      color: "#fff",
      icon: "cart",
      environment: "production",
      labels: ["shop", "eu"],
      defaultTimeoutMs: 20_000,
      grading: { expectedCostUsd: 0.01 },
      launch: { owner: "lin@acme.example" },
    },
    change: { name: "Checkout AI", description: "Takes all orders", color: "#000", defaultTimeoutMs: 15_000, labels: ["shop"] },
    another: { name: "Elsewhere", slug: "elsewhere" },
  },
  ProjectMember: {
    inputs: { project: PROJECT, user: fieldOf("OrganizationMember", "user", "kim@acme.example"), role: "member" },
    change: { role: "admin" },
    another: { project: OTHER_PROJECT, user: fieldOfSecond("OrganizationMember", "user", "lin@acme.example") },
  },
  Environment: {
    inputs: {
      project: PROJECT,
      name: "staging",
      baseUrl: "https://staging.acme.example",
      apiBaseUrl: "https://api.staging.acme.example",
      variables: { REGION: "eu", SIZE: "s" },
      authToken: FIRST_SECRET,
      login: { url: "https://staging.acme.example/login", method: "POST", body: "{}", tokenPath: "$.token" },
      uiLoginSteps: ["open"],
      authProfiles: { admin: { flavor: "api", token: OTHER_SECRET } },
      constraints: { readOnly: false, maxRequestsPerSecond: 20, allowDestructive: true },
    },
    change: {
      baseUrl: "https://next.acme.example",
      variables: { REGION: "us" },
      authToken: OTHER_SECRET,
      uiLoginSteps: ["open", "sign in"],
      constraints: { readOnly: true, maxRequestsPerSecond: 5 },
    },
    another: { project: OTHER_PROJECT, name: "production" },
  },
  Model: {
    inputs: {
      name: "Small",
      project: PROJECT,
      identifier: "gpt-5-mini",
      provider: "openai",
      endpoint: "https://models.acme.example/v1",
      upstreamModel: "gpt-5-mini-2026",
      inputUsdPerMillionTokens: 0.25,
      outputUsdPerMillionTokens: 2,
      contextWindow: 400_000,
      capabilities: ["vision", "json"],
      visibility: "public",
      limits: [DAILY],
      apiKey: FIRST_SECRET,
    },
    change: {
      name: "Smaller",
      inputUsdPerMillionTokens: 0.3,
      visibility: "private",
      limits: [{ ...DAILY, value: 9 }],
      apiKey: OTHER_SECRET,
    },
    another: { project: OTHER_PROJECT, identifier: "gpt-5" },
  },
  RoutingTier: {
    inputs: { project: PROJECT, tier: "simple", model: MODEL },
    change: { model: OTHER_MODEL },
    another: { project: OTHER_PROJECT, tier: "complex" },
  },
  RoutingPolicy: {
    inputs: {
      name: "cheap",
      project: PROJECT,
      strategy: "fallback",
      models: [{ model: MODEL }],
      policies: [{ type: "health", enabled: true, config: { windowMinutes: 5 } }],
      fallbacks: [OTHER_MODEL],
    },
    change: { models: [{ model: OTHER_MODEL }], policies: [{ type: "cheapest", enabled: false }], fallbacks: [MODEL] },
    another: { name: "fast", project: OTHER_PROJECT },
  },
  ApiKey: {
    inputs: {
      name: "api-production",
      project: PROJECT,
      environment: "production",
      owner: "lin@acme.example",
      ownerType: "service",
      consumer: "api",
      description: "Serves the shop",
      permissions: ["read"],
      models: { allowed: [MODEL] },
      ipAllowList: ["203.0.113.0/24"],
      rates: { requestsPerMinute: 60, tokensPerDay: 1_000_000 },
      hourlyUsd: 20,
      monthlyUsd: 100,
      onBreach: "warn",
      limits: [{ model: MODEL, mode: "replace", limits: [DAILY] }],
      labels: ["shop", "eu"],
      expiresAt: "2030-01-31",
    },
    change: {
      name: "api-live",
      description: "Serves all",
      permissions: ["read", "write"],
      rates: { requestsPerMinute: 30, tokensPerDay: 500_000 },
      hourlyUsd: 25,
      monthlyUsd: 90,
      limits: [{ model: MODEL, mode: "extend", limits: [{ ...DAILY, value: 9 }] }],
      labels: ["shop"],
    },
    another: { project: OTHER_PROJECT },
  },
  Budget: {
    inputs: { name: "month", project: PROJECT, team: "shop", amountUsd: 1500, period: "month", onBreach: "block", thresholds: [0.5, 0.9] },
    change: { amountUsd: 900, thresholds: [0.8] },
    another: { name: "second", project: OTHER_PROJECT },
  },
  Alert: {
    inputs: {
      name: "watch",
      project: PROJECT,
      event: "budget_exceeded",
      threshold: 80,
      channel: { webhook: "https://hooks.acme.example/a", secret: FIRST_SECRET },
      schedule: { cron: "0 3 * * *", timezone: "Europe/Berlin" },
      notifyOn: "failure",
      enabled: true,
    },
    change: {
      threshold: 90,
      channel: { webhook: "https://hooks.acme.example/b", secret: OTHER_SECRET },
      notifyOn: "always",
      enabled: false,
    },
    another: { name: "second", project: OTHER_PROJECT },
  },
};
