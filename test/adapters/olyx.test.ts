import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Session } from "../../provider/lifecycle/session.js";
import { KINDS } from "../../schema/kinds/index.js";
import { type Life, Living, live } from "../support/life.js";

let living: Living;
let project: string;
beforeEach(async () => {
  living = await Living.start("olyx");
  project = (await living.create("Project", { name: "Home" })).id;
});
afterEach(() => living.server.close());

const WEBHOOK = { webhook: "https://hooks.acme.example/olyx", secret: { env: "GATEHOUSE_TEST_SECRET", version: 1 } };

/** Each kind that Olyx has, below the project `in`. */
const lives = (inside: string): readonly Life[] => [
  {
    kind: "Project",
    inputs: { name: "Production", slug: "production", environment: "production", launch: { owner: "lin@acme.example" } },
    at: (id) => `/api/v1/projects/${id}`,
    changes: [
      { to: { name: "Live" }, wire: { name: "Live" } },
      { to: { description: "Live traffic" }, wire: { description: "Live traffic" } },
      { to: { grading: { expectedCostUsd: 0.01 } }, wire: { settings: { grading_baseline: { expected_cost_usd: 0.01 } } } },
      { to: { environment: "other", slug: "live" }, wire: { name: "Live" } },
    ],
    byHand: { wire: { status: "archived" }, seen: { status: "archived" } },
    deletable: false,
  },
  {
    kind: "OrganizationMember",
    inputs: { user: "ada@acme.example", role: "member", firstName: "Ada", lastName: "L" },
    at: (id) => `/api/v1/members/${id}`,
    changes: [
      { to: { role: "admin" }, wire: { email: "ada@acme.example", role: "admin" } },
      { to: { firstName: "A." }, wire: { first_name: "A.", last_name: "L" } },
    ],
    byHand: { wire: { role: "owner" }, seen: { role: "owner" } },
    replacing: { user: "bea@acme.example" },
  },
  {
    kind: "ProjectMember",
    inputs: { project: inside, user: "kim@acme.example", role: "member" },
    at: (id) => `/api/v1/projects/${id.replace("/", "/members/")}`,
    changes: [{ to: { role: "admin" }, wire: { project_id: Number(inside), email: "kim@acme.example", role: "admin" } }],
    byHand: { wire: { role: "owner" }, seen: { role: "owner" } },
    replacing: { user: "bea@acme.example" },
  },
  {
    kind: "Model",
    inputs: { project: inside, identifier: "gpt-5-mini", provider: "openai", visibility: "public", inputUsdPerMillionTokens: 0.25 },
    at: (id) => `/api/v1/models/${id}`,
    changes: [
      { to: { name: "Small" }, wire: { project_id: Number(inside), identifier: "gpt-5-mini", name: "Small", is_public: true } },
      { to: { provider: "azure" }, wire: { provider: "azure" } },
      { to: { endpoint: "https://m.acme.example/v1" }, wire: { base_url: "https://m.acme.example/v1" } },
      { to: { visibility: "private" }, wire: { is_public: false } },
      { to: { inputUsdPerMillionTokens: 0.3 }, wire: { input_cost_per_1k: 0.0003 } },
      { to: { outputUsdPerMillionTokens: 2 }, wire: { output_cost_per_1k: 0.002 } },
      { to: { dataRetentionDays: 30 }, wire: { data_retention_days: 30 } },
      { to: { regionRestriction: "customer-vpc" }, wire: { region_restriction: "customer-vpc" } },
      { to: { additionalConfig: { api_version: "2026-01" } }, wire: { additional_config: { api_version: "2026-01" } } },
      { to: { apiKey: { env: "GATEHOUSE_TEST_SECRET", version: 2 } }, wire: { name: "Small" } },
    ],
    byHand: { wire: { input_cost_per_1k: 0.0004 }, seen: { inputUsdPerMillionTokens: 0.4 } },
    replacing: { identifier: "gpt-5" },
  },
  {
    kind: "ApiKey",
    inputs: { project: inside, name: "api-production", owner: "lin@acme.example", ownerType: "service", consumer: "api", hourlyUsd: 20 },
    at: (id) => `/api/v1/api_keys/${id}`,
    changes: [
      { to: { name: "api-live" }, wire: { name: "api-live", project_id: Number(inside) } },
      { to: { hourlyUsd: 25 }, wire: { hourly_spend_cap: 25 } },
      { to: { consumer: "checkout" }, wire: { name: "api-live" } },
    ],
    byHand: { wire: { hourly_spend_cap: 99 }, seen: { hourlyUsd: 99 } },
    replacing: { rotate: 1 },
  },
  {
    kind: "Budget",
    inputs: { project: inside, name: "month", amountUsd: 1500, period: "month" },
    at: (id) => `/api/v1/budgets/${id}`,
    changes: [
      { to: { amountUsd: 900 }, wire: { amount: 900, period: "month", project_id: Number(inside) } },
      { to: { onBreach: "block" }, wire: { on_breach: "block" } },
      { to: { name: "calendar month" }, wire: { amount: 900 } },
    ],
    byHand: { wire: { amount: 5000 }, seen: { amountUsd: 5000 } },
  },
  {
    kind: "Alert",
    inputs: { project: inside, name: "breaker", event: "circuit_breaker", channel: WEBHOOK },
    at: (id) => `/api/v1/alert_webhooks/${id}`,
    changes: [
      { to: { event: "grade_below_threshold" }, wire: { event: "grade_below_threshold" } },
      { to: { threshold: 80 }, wire: { threshold: 80 } },
      { to: { events: ["circuit_breaker"] }, wire: { events: ["circuit_breaker"] } },
      {
        to: { channel: { ...WEBHOOK, webhook: "https://hooks.acme.example/b" } },
        wire: { endpoint: { url: "https://hooks.acme.example/b" } },
      },
    ],
    byHand: { wire: { threshold: 10 }, seen: { threshold: 10 } },
    replacing: { name: "other" },
  },
];

for (const { kind } of lives("0")) {
  test(`a ${kind} lives on Olyx`, async () => {
    const life = lives(project).find((one) => one.kind === kind);
    if (life !== undefined) await live(living, life);
  });
}

test("a RoutingTier and a RoutingPolicy live on Olyx", async () => {
  for (const identifier of ["small", "large"]) await living.create("Model", { project, identifier, provider: "openai" });
  await live(living, {
    kind: "RoutingTier",
    inputs: { project, tier: "private", model: "small" },
    at: (id) => `/api/v1/projects/${id.replace("/", "/settings/routing_tiers/")}`,
    changes: [{ to: { model: "large" }, wire: { tier: "private", model: "large", project_id: Number(project) } }],
    byHand: { wire: { model: "small" }, seen: { model: "small" } },
    replacing: { tier: "simple" },
  });
  await live(living, {
    kind: "RoutingPolicy",
    inputs: { project, fallbacks: ["small"] },
    at: (id) => `/api/v1/routing_settings/${id}`,
    changes: [
      { to: { fallbacks: ["large", "small"] }, wire: { routing_fallbacks: ["large", "small"] } },
      { to: { shadows: ["large"] }, wire: { shadow_models: ["large"] } },
    ],
    byHand: { wire: { routing_fallbacks: ["small"] }, seen: { fallbacks: ["small"] } },
  });
});

test("an Organization and a SecurityPolicy are adopted, changed and released", async () => {
  for (const life of [
    {
      kind: "Organization",
      inputs: { name: "Acme" },
      at: () => "/api/v1/organization",
      changes: [{ to: { name: "Acme AI" }, wire: { name: "Acme AI" } }],
      byHand: { wire: { name: "Other" }, seen: { name: "Other" } },
      deletable: false,
    },
    {
      kind: "SecurityPolicy",
      inputs: { promptGuards: { maxInputLength: 10_000, blockInjection: false } },
      at: () => "/api/v1/guardrails",
      changes: [
        {
          to: { promptGuards: { maxInputLength: 9000, piiThreshold: 0.7, blockInjection: true, secretAction: "block" } },
          wire: { guardrails: { max_input_length: 9000, pii_threshold: 0.7, injection_block: true, secret_action: "block" } },
        },
      ],
      deletable: false,
    },
  ] as const) {
    await live(living, life);
  }
});

describe("a project", () => {
  test("is archived, not deleted, and its name is free for another one", async () => {
    const made = await living.create("Project", { name: "Experiments" });
    expect(made.outputs).toMatchObject({ projectId: made.id, status: "active" });
    await living.remove("Project", made);
    expect((await living.api("GET", `/api/v1/projects/${made.id}`)).body.status).toBe("archived");
    await living.remove("Project", made);
    expect((await living.again().create("Project", { name: "Experiments" })).id).not.toBe(made.id);
  });

  test("that is there is not taken over unless that is allowed, and then released", async () => {
    const there = (await living.api("POST", "/api/v1/projects", { name: "CI" })).body.id;
    await expect(living.create("Project", { name: "CI" })).rejects.toThrow("adopt: ifExists");
    const taken = await living.create("Project", { name: "CI", adopt: "ifExists", description: "Checks" });
    expect(taken).toMatchObject({ id: String(there), outputs: { adopted: true, description: "Checks" } });
    await living.remove("Project", taken);
    expect((await living.api("GET", `/api/v1/projects/${there}`)).body.status).toBe("active");
  });
});

describe("a key", () => {
  test("shows its secret once, keeps it, and raising rotate replaces the key", async () => {
    const inputs = { project, name: "api", hourlyUsd: 1 };
    const made = await living.create("ApiKey", inputs);
    expect(made.outputs.token).toMatch(new RegExp(`^ak_${made.id}\\.`));
    expect(made.outputs).toMatchObject({ keyId: made.id, maskedToken: `ak_${made.id}.…`, status: "active" });
    expect((await living.read("ApiKey", made))?.outputs.token).toBe(made.outputs.token);
    expect(living.replaces("ApiKey", made, { ...inputs, rotate: 1 })).toEqual(["rotate"]);
  });

  test("that is paused at its cap is told, and nothing is repaired", async () => {
    const made = await living.create("ApiKey", { project, name: "api", hourlyUsd: 0 });
    expect((await living.read("ApiKey", made))?.outputs.status).toBe("paused");
  });
});

describe("an invitation", () => {
  test("is pending, is not sent twice, and may run out", async () => {
    const made = await living.create("OrganizationMember", { user: "ada@acme.example", role: "member" });
    expect(made.outputs.status).toBe("pending");
    expect((await living.update("OrganizationMember", made, { user: "Ada@acme.example", role: "member" })).id).toBe(made.id);
    expect((await living.api("GET", "/api/v1/members")).body.items).toHaveLength(2);
  });

  test("of an admin is one of a member whose role is changed", async () => {
    const made = await living.create("OrganizationMember", { user: "bea@acme.example", role: "admin" });
    expect((await living.api("GET", `/api/v1/members/${made.id}`)).body).toMatchObject({ role: "admin", status: "pending" });
  });
});

describe("a check refuses what Olyx lacks, with the nearest thing that it has", () => {
  test.each([
    [
      "Environment",
      { project: "1", name: "staging", baseUrl: "https://x.example" },
      "name: Olyx has no environments below a project: declare a project for each environment",
    ],
    ["EnvironmentLimit", { environment: "production", monthlyUsd: 1 }, "environment: Olyx has no limits of an environment"],
    ["Role", { name: "auditor", permissions: ["x"] }, "name: Olyx has no custom roles: give members one of owner, admin, member"],
    ["ProviderCredential", { name: "openai", provider: "openai", value: "x" }, "name: Olyx keeps no credential as an object of its own"],
    ["ApiKey", { project: "1", name: "k", expiresAt: "2027-01-01" }, "expiresAt: Olyx has no expiresAt on a ApiKey: keys do not expire"],
    ["ApiKey", { project: "1", name: "k", environment: "production" }, "environment: Olyx has no environment on a ApiKey: the project is"],
    ["ApiKey", { name: "k" }, "project: is missing, and Olyx needs it: each key belongs to one project"],
    ["Model", { project: "1", identifier: "m", provider: "mistral" }, "provider: Olyx does not know mistral: it has openai, anthropic"],
    [
      "Model",
      { project: "1", identifier: "m", provider: "openai", credential: "1" },
      "credential: Olyx has no credential on a Model: apiKey",
    ],
    ["OrganizationMember", { user: "a@acme.example", role: "viewer" }, "role: Olyx does not know viewer: it has owner, admin, member"],
    ["Budget", { project: "1", name: "b", amountUsd: 1, period: "day" }, "period: Olyx does not know day: it has month"],
    [
      "Alert",
      { project: "1", name: "a", event: "budget_exceeded", channel: { webhook: "https://x.example" } },
      "event: Olyx does not know",
    ],
    [
      "RoutingTier",
      { project: "1", tier: "simple", model: "m", fallbacks: ["n"] },
      "fallbacks: Olyx has no fallbacks on a RoutingTier: one order",
    ],
    ["SecurityPolicy", { sessionMinutes: 60 }, "sessionMinutes: Olyx has no sessionMinutes on a SecurityPolicy: the length"],
    ["Project", { name: "P", color: "#fff" }, "color: Olyx has no color on a Project: name and description"],
  ] as const)("%s %j", (kind, inputs, told) => {
    const problems = living.problems(kind, inputs);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(told);
  });
});

test("without transport api and allowAssumed nothing is sent on a guess", () => {
  const { server } = living;
  const sessionWith = (settings: object) =>
    new Session({ name: "main", system: "olyx", url: server.url, ...settings }, { GATEHOUSE_TOKEN: server.token });
  expect(() => sessionWith({ transport: "api" }).objects(KINDS.Project)).toThrow("allowAssumed: true");
  expect(() => sessionWith({ transport: "api", allowAssumed: true }).objects(KINDS.Project)).not.toThrow();
  expect(sessionWith({}).adapter.defaultTransport).toBe("dashboard");
});
