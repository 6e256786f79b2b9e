import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { removeUndeclared, undeclaredObjects } from "../../../provider/lifecycle/exclusive.js";
import { Session } from "../../../provider/lifecycle/session.js";
import { KINDS } from "../../../schema/kinds/index.js";
import { type Life, Living, live } from "../../support/life.js";

let living: Living;
let project: string;
beforeEach(async () => {
  living = await Living.start("olyx");
  project = (await living.create("Project", { name: "Home" })).id;
});
afterEach(() => living.server.close());

const WEBHOOK = { webhook: "https://hooks.acme.example/olyx", secret: { env: "GATEHOUSE_TEST_SECRET", version: 1 } };

/** Kinds that Olyx writes in words and units of its own, below the project `inside`. */
const lives = (inside: string): readonly Life[] => [
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

test("a SecurityPolicy is written as guardrails", async () => {
  for (const life of [
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
});

test("$exclusive archives the projects that nobody declared, once, and leaves the declared ones", async () => {
  await living.create("Project", { name: "Checkout AI", slug: "checkout" });
  const stray = (await living.api("POST", "/api/v1/projects", { name: "Stray" })).body.id;
  const projects = { kind: "Project", keep: ["Home", "checkout", "Checkout AI"], undeclared: [] };
  expect((await undeclaredObjects(living.again().session, projects, "shared")).map(({ values }) => values.name)).toEqual(["Stray"]);
  expect(await removeUndeclared(living.again().session, projects, ["Stray"])).toEqual([String(stray)]);
  expect(await removeUndeclared(living.again().session, projects, ["Stray"])).toEqual([]);
  const statusOf = Object.fromEntries(
    (await living.api("GET", "/api/v1/projects")).body.items.map((one: { name: string; status: string }) => [one.name, one.status]),
  );
  expect(statusOf).toEqual({ Home: "active", "Checkout AI": "active", Stray: "archived" });
});

describe("a key", () => {
  test("has a token that begins with its id, and raising rotate replaces the key", async () => {
    const inputs = { project, name: "api", hourlyUsd: 1 };
    const made = await living.create("ApiKey", inputs);
    expect(made.outputs.token).toMatch(new RegExp(`^ak_${made.id}\\.`));
    expect(made.outputs).toMatchObject({ keyId: made.id, maskedToken: `ak_${made.id}.…`, status: "active" });
    expect(living.replaces("ApiKey", made, { ...inputs, rotate: 1 })).toEqual(["rotate"]);
  });

  test("says its environment to the house alone: Olyx is not told, and nothing is replaced when it changes", async () => {
    const inputs = { project, name: "api", hourlyUsd: 1, environment: "staging" };
    const made = await living.create("ApiKey", inputs);
    expect((await living.api("GET", `/api/v1/api_keys/${made.id}`)).body).not.toHaveProperty("environment");
    expect((await living.read("ApiKey", made))?.inputs.environment).toBe("staging");
    expect(living.replaces("ApiKey", made, { ...inputs, environment: "production" })).toEqual([]);
  });

  test("that is paused at its cap is told, and nothing is repaired", async () => {
    const made = await living.create("ApiKey", { project, name: "api", hourlyUsd: 0 });
    expect((await living.read("ApiKey", made))?.outputs.status).toBe("paused");
  });
});

describe("an invitation", () => {
  test("is not sent again for an address in another case", async () => {
    const made = await living.create("OrganizationMember", { user: "ada@acme.example", role: "member" });
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
