import type { Values } from "../../../provider/lifecycle/values.js";
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
    inputs: {
      name: "Acme",
      plan: "pro",
      contacts: { billing: "billing@acme.example", security: "security@acme.example" },
      requestsPerMinute: 600,
    },
    change: { name: "Acme AI", contacts: { billing: "money@acme.example", security: "safe@acme.example" }, requestsPerMinute: 500 },
    another: {},
  },
  OrganizationMember: {
    inputs: { user: "kim@acme.example", role: "member", firstName: "Kim", lastName: "Lee", expiresAt: "2030-01-31" },
    change: { role: "admin", firstName: "K." },
    another: { user: "lin@acme.example" },
  },
  Role: {
    inputs: { name: "auditor", displayName: "Auditor", permissions: ["project:read"] },
    change: { displayName: "Auditors", permissions: ["project:read", "report:read"] },
    another: { name: "reviewer" },
  },
  SecurityPolicy: {
    inputs: {
      sessionMinutes: 480,
      idleMinutes: 30,
      ipAllowList: ["203.0.113.0/24"],
      promptGuards: { maxInputLength: 10_000, piiThreshold: 0.5, blockInjection: false, secretAction: "redact" },
    },
    change: {
      sessionMinutes: 240,
      idleMinutes: 20,
      ipAllowList: ["198.51.100.0/24", "2001:db8::/32"],
      promptGuards: { maxInputLength: 9000, piiThreshold: 0.7, blockInjection: true, secretAction: "block" },
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
      grading: { expectedCostUsd: 0.01, expectedLatencyMs: 900 },
      launch: {
        owner: "lin@acme.example",
        keyOwner: "lin@acme.example",
        workload: "chat",
        expectedMonthlyUsd: 900,
        escalationContact: "#oncall",
      },
      status: "active",
    },
    change: {
      name: "Checkout AI",
      description: "Takes all orders",
      color: "#000",
      defaultTimeoutMs: 15_000,
      labels: ["shop"],
      grading: { expectedCostUsd: 0.02, expectedLatencyMs: 800 },
      launch: {
        owner: "kim@acme.example",
        keyOwner: "kim@acme.example",
        workload: "batch",
        expectedMonthlyUsd: 800,
        escalationContact: "#nights",
      },
    },
    another: { name: "Elsewhere", slug: "elsewhere" },
  },
  ProjectMember: {
    inputs: { project: PROJECT, user: fieldOf("OrganizationMember", "user", "kim@acme.example"), role: "member", expiresAt: "2030-01-31" },
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
      authPassword: FIRST_SECRET,
      login: {
        url: "https://staging.acme.example/login",
        method: "POST",
        headers: { accept: "application/json" },
        body: "{}",
        tokenPath: "$.token",
      },
      uiLoginSteps: ["open"],
      authProfiles: { admin: { flavor: "api", token: OTHER_SECRET, authEmail: "admin@acme.example", authPassword: FIRST_SECRET } },
      constraints: { readOnly: false, maxRequestsPerSecond: 20, allowDestructive: true, allowSecurity: false },
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
      cacheReadUsdPerMillionTokens: 0.03,
      pricingTiers: [{ aboveContextTokens: 200_000, inputUsdPerMillionTokens: 0.5, outputUsdPerMillionTokens: 4 }],
      contextWindow: 400_000,
      capabilities: ["vision", "json"],
      visibility: "public",
      dataRetentionDays: 30,
      regionRestriction: "customer-vpc",
      additionalConfig: { api_version: "2026-01" },
      limits: [DAILY],
      credential: idOf("ProviderCredential"),
      apiKey: FIRST_SECRET,
    },
    change: {
      name: "Smaller",
      provider: "anthropic",
      inputUsdPerMillionTokens: 0.3,
      outputUsdPerMillionTokens: 3,
      cacheReadUsdPerMillionTokens: 0.04,
      pricingTiers: [{ aboveContextTokens: 100_000, inputUsdPerMillionTokens: 0.6, outputUsdPerMillionTokens: 5 }],
      additionalConfig: { api_version: "2026-02" },
      credential: idOfSecond("ProviderCredential"),
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
      shadows: [OTHER_MODEL],
    },
    change: {
      strategy: "round_robin",
      models: [{ model: OTHER_MODEL }],
      policies: [{ type: "cheapest", enabled: false }],
      fallbacks: [MODEL],
      shadows: [MODEL],
    },
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
      rates: {
        requestsPerMinute: 60,
        requestsPerHour: 600,
        requestsPerDay: 6000,
        tokensPerMinute: 10_000,
        tokensPerHour: 100_000,
        tokensPerDay: 1_000_000,
      },
      hourlyUsd: 20,
      monthlyUsd: 100,
      onBreach: "warn",
      limits: [{ model: MODEL, mode: "replace", limits: [DAILY] }],
      routingRule: "cheap",
      labels: ["shop", "eu"],
      expiresAt: "2030-01-31",
    },
    change: {
      name: "api-live",
      environment: "staging",
      owner: "kim@acme.example",
      ownerType: "person",
      consumer: "api-2",
      models: { allowed: [OTHER_MODEL] },
      ipAllowList: ["198.51.100.7", "203.0.113.0/24"],
      routingRule: "fast",
      description: "Serves all",
      permissions: ["read", "write"],
      rates: {
        requestsPerMinute: 30,
        requestsPerHour: 300,
        requestsPerDay: 3000,
        tokensPerMinute: 5000,
        tokensPerHour: 50_000,
        tokensPerDay: 500_000,
      },
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
      events: ["security_alert", "alert_triggered"],
      threshold: 80,
      channel: { webhook: "https://hooks.acme.example/a", secret: FIRST_SECRET },
      schedule: {
        cron: "0 3 * * *",
        timezone: "Europe/Berlin",
        environment: fieldOf("Environment", "name", "staging"),
        priority: "high",
      },
      notifyOn: "failure",
      enabled: true,
    },
    change: {
      threshold: 90,
      channel: { webhook: "https://hooks.acme.example/b", secret: OTHER_SECRET },
      schedule: {
        cron: "0 4 * * *",
        timezone: "UTC",
        environment: fieldOfSecond("Environment", "name", "production"),
        priority: "low",
      },
      notifyOn: "always",
      enabled: false,
    },
    another: { name: "second", project: OTHER_PROJECT },
  },
};

const BUDGET_EXCEEDED = { event: "budget_exceeded" } as const;

const SENDER = { fromAddress: "ops@acme.example", fromName: "Operations" } as const;

/** A notification channel, and what becomes of its members. What a provider has no use for is refused, so it is not changed alone. */
function channel(members: Values, change: Values): Sample & { readonly kind: "Alert" } {
  return {
    kind: "Alert",
    inputs: { name: "watch", ...BUDGET_EXCEEDED, channel: members },
    change: { channel: { ...members, ...change } },
    another: { name: "second" },
    together: ["channel.provider"],
  };
}

/** Samples of what excludes something in the usual sample, by a name that tells what they are: for each system that has all of it. */
export const USUAL_BESIDE: Readonly<Record<string, Sample & { readonly kind: KindName }>> = {
  "OrganizationMember with a first password": {
    kind: "OrganizationMember",
    inputs: { user: "ana@acme.example", role: "admin", initialPassword: FIRST_SECRET },
    change: { role: "viewer" },
    another: { user: "lin@acme.example" },
  },
  "SecurityPolicy with SAML": {
    kind: "SecurityPolicy",
    inputs: {
      singleSignOn: {
        status: "gradual",
        protocol: "saml",
        identityProviderUrl: "https://id.acme.example",
        entityId: "urn:acme",
        certificate: "PEM",
        adminOwner: "ada@acme.example",
      },
    },
    change: {
      singleSignOn: {
        status: "required",
        protocol: "saml",
        identityProviderUrl: "https://next.acme.example",
        entityId: "urn:acme:2",
        certificate: "PEM 2",
        adminOwner: "lin@acme.example",
      },
    },
    another: {},
    together: ["singleSignOn.protocol"],
  },
  "RoutingTier with a fallback": {
    kind: "RoutingTier",
    inputs: { project: PROJECT, tier: "medium", model: MODEL },
    change: { fallbacks: [OTHER_MODEL] },
    another: { project: OTHER_PROJECT, tier: "complex" },
    together: ["model"],
  },
  // On Floopy the one kind whose calls are documented.
  "RoutingPolicy without a name": {
    kind: "RoutingPolicy",
    inputs: { constraints: { maxRegression: { value: 0.1, window: "rolling_7d" }, confidenceThreshold: 0.9 } },
    change: {
      constraints: {
        maxRegression: { value: 0.2, window: "rolling_24h" },
        maxCostIncrease: { value: 0.3, window: "rolling_24h" },
        minSamplesBeforePromotion: 100,
        maxOutcomeVariance: 0.4,
        maxCostDropWithoutValidation: 0.5,
        requireShadowBeforeLive: true,
      },
    },
    another: {},
  },
  "ApiKey of several projects": {
    kind: "ApiKey",
    inputs: { name: "roaming", defaultProject: PROJECT },
    change: { defaultProject: OTHER_PROJECT },
    another: {},
  },
  "ApiKey without some models": {
    kind: "ApiKey",
    inputs: { name: "careful", models: { blocked: [MODEL] } },
    change: { models: { blocked: [OTHER_MODEL] } },
    another: {},
  },
  "Alert of selected scenarios": {
    kind: "Alert",
    inputs: {
      name: "chosen",
      project: PROJECT,
      channel: { webhook: "https://hooks.acme.example/a" },
      schedule: { cron: "0 3 * * *", runType: "selected", scenarios: ["pay", "sign in"] },
      notifyOn: "failure",
    },
    change: { schedule: { cron: "0 4 * * *", runType: "tagged", tags: ["smoke"] } },
    another: { name: "second", project: OTHER_PROJECT },
    together: ["schedule.runType", "schedule.tags"],
  },
  "Alert by e-mail": {
    kind: "Alert",
    inputs: { name: "mail", ...BUDGET_EXCEEDED, channel: { email: "ops@acme.example" } },
    change: { channel: { email: "night@acme.example" } },
    another: { name: "second" },
  },
  "Alert through a mail server": {
    kind: "Alert",
    inputs: {
      name: "server",
      ...BUDGET_EXCEEDED,
      channel: { provider: "smtp", fromAddress: "ops@acme.example", host: "mail.acme.example", port: 465 },
    },
    change: { channel: { provider: "smtp", fromAddress: "night@acme.example", host: "mx.acme.example", port: 587 } },
    another: { name: "second" },
    together: ["channel.provider"],
  },
  "Alert that is asked for": channel({ webhook: "https://hooks.acme.example/a", method: "GET" }, { method: "POST" }),
  "Alert through a mail server with a login": channel(
    { provider: "smtp", ...SENDER, host: "mail.acme.example", port: 587, secure: true, username: "mailer", secret: FIRST_SECRET },
    { fromName: "Night shift", secure: false, username: "relay", secret: OTHER_SECRET },
  ),
  "Alert through Amazon": channel(
    { provider: "ses", ...SENDER, region: "eu-central-1", accessKeyId: "AKIA1", secret: FIRST_SECRET },
    { region: "eu-west-1", accessKeyId: "AKIA2", secret: OTHER_SECRET },
  ),
  "Alert through Google": channel(
    { provider: "google", ...SENDER, clientId: "c-1", secret: FIRST_SECRET, refreshToken: FIRST_SECRET },
    { clientId: "c-2", refreshToken: OTHER_SECRET },
  ),
};
