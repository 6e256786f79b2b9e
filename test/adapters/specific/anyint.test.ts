import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { removeUndeclared, undeclaredObjects } from "../../../provider/lifecycle/exclusive.js";
import { Session } from "../../../provider/lifecycle/session.js";
import { KINDS } from "../../../schema/kinds/index.js";
import { type Life, Living, live } from "../../support/life.js";

let living: Living;
let project: string;
beforeEach(async () => {
  living = await Living.start("anyint");
  project = (await living.create("Project", { name: "Home" })).id;
  await living.create("OrganizationMember", { user: "kim@acme.example", role: "member" });
});
afterEach(() => living.server.close());

const at = (path: string) => (id: string) => `/enterprise/v1${path}/${id}`;
const WEBHOOK = { webhook: "https://hooks.acme.example/a", secret: { env: "GATEHOUSE_TEST_SECRET", version: 1 } };
const EVENTS = [
  "billing.generated",
  "billing.overdue",
  "billing.paid",
  "key.created",
  "key.deleted",
  "key.disabled",
  "member.invited",
  "member.joined",
  "member.removed",
  "usage.alert",
  "usage.limit_reached",
];

/** Kinds that AnyInt writes in words and units of its own, below the project `inside`. */
const lives = (inside: string): readonly Life[] => [
  {
    kind: "OrganizationMember",
    inputs: { user: "ada@acme.example", role: "admin" },
    at: at("/members"),
    changes: [
      { to: { role: "finance" }, wire: { email: "ada@acme.example", role: "Finance" } },
      { to: { role: "member" }, wire: { role: "Member" } },
    ],
    byHand: { wire: { role: "Admin" }, seen: { role: "admin" } },
    replacing: { user: "bea@acme.example" },
  },
  {
    kind: "ApiKey",
    inputs: { project: inside, name: "chat", environment: "production", owner: "lin@acme.example", ownerType: "service", consumer: "chat" },
    at: at("/team-keys"),
    changes: [
      {
        to: { name: "chat-live", description: "Serves chat" },
        wire: { name: "chat-live", description: "Serves chat", project_id: inside },
      },
      { to: { labels: ["b", "a"] }, wire: { tags: ["a", "b"] } },
      { to: { models: { allowed: ["gpt-5-mini"] } }, wire: { models: { allowed: ["gpt-5-mini"] } } },
      { to: { models: { blocked: ["gpt-5"] } }, wire: { models: { blocked: ["gpt-5"] } } },
      { to: { ipAllowList: ["203.0.113.0/24"] }, wire: { ip_allowlist: ["203.0.113.0/24"] } },
      {
        to: { rates: { requestsPerMinute: 1, requestsPerHour: 2, requestsPerDay: 3, tokensPerMinute: 4, tokensPerDay: 5 } },
        wire: {
          rate_limits: { requests_per_minute: 1, requests_per_hour: 2, requests_per_day: 3, tokens_per_minute: 4, tokens_per_day: 5 },
        },
      },
      { to: { monthlyUsd: 100 }, wire: { spend_limit: 100 } },
      { to: { onBreach: "warn" }, wire: { spend_limit_action: "warn" } },
      { to: { routingRule: "cheap" }, wire: { routing_policy: "cheap" } },
      { to: { consumer: "checkout", environment: "staging" }, wire: { name: "chat-live" } },
    ],
    byHand: { wire: { spend_limit: 900 }, seen: { monthlyUsd: 900 } },
    replacing: { project: "another" },
  },
  {
    kind: "Alert",
    inputs: { name: "audit", events: EVENTS, channel: WEBHOOK },
    at: at("/webhooks"),
    changes: [
      { to: { events: ["usage.alert"] }, wire: { events: ["usage.alert"] } },
      { to: { event: "security.signed_in" }, wire: { event: "security.signed_in" } },
      {
        to: { channel: { ...WEBHOOK, webhook: "https://hooks.acme.example/b" } },
        wire: { endpoint: { webhook: "https://hooks.acme.example/b" } },
      },
    ],
    byHand: { wire: { events: ["key.created"] }, seen: { events: ["key.created"] } },
    replacing: { name: "other" },
  },
];

for (const { kind } of lives("")) {
  test(`a ${kind} lives on AnyInt`, async () => {
    const life = lives(project).find((one) => one.kind === kind);
    if (life !== undefined) await live(living, life);
  });
}

test("a SecurityPolicy is written as sso", async () => {
  const oidc = { status: "required", protocol: "oidc", clientId: "acme", identityProviderUrl: "https://id.acme.example" };
  await live(living, {
    kind: "SecurityPolicy",
    inputs: { sessionMinutes: 480 },
    at: () => "/enterprise/v1/security-policy",
    changes: [
      { to: { idleMinutes: 30, ipAllowList: ["203.0.113.0/24"] }, wire: { idle_minutes: 30, ip_allowlist: ["203.0.113.0/24"] } },
      { to: { singleSignOn: { ...oidc, adminOwner: "ada@acme.example" } }, wire: { sso: { protocol: "oidc", client_id: "acme" } } },
      {
        to: { singleSignOn: { status: "gradual", protocol: "saml", entityId: "urn:acme", certificate: "PEM" } },
        wire: { sso: { status: "gradual", protocol: "saml", entity_id: "urn:acme", certificate: "PEM" } },
      },
    ],
    byHand: { wire: { session_minutes: 10 }, seen: { sessionMinutes: 10 } },
    deletable: false,
  });
});

test("A-37 A-38 raising rotate regenerates a key's secret in place, and ends the former one", async () => {
  const inputs = { project, name: "chat" };
  const made = await living.create("ApiKey", inputs);
  expect(made.outputs.token).toMatch(/^sk-team-/);
  expect(living.replaces("ApiKey", made, { ...inputs, rotate: 1 })).toEqual([]);
  const renewed = await living.update("ApiKey", made, { ...inputs, rotate: 1 });
  expect(renewed.id).toBe(made.id);
  expect(renewed.outputs.token).not.toBe(made.outputs.token);
  const call = (token: unknown) => living.server.api("POST", "/openai/v1/chat/completions", { model: "m" }, String(token));
  expect([(await call(made.outputs.token)).status, (await call(renewed.outputs.token)).status]).toEqual([401, 200]);
});

test("$exclusive removes the projects that nobody declared, and leaves the declared ones", async () => {
  await living.create("Project", { name: "Checkout AI", slug: "checkout" });
  const stray = (await living.api("POST", "/enterprise/v1/projects", { name: "Stray" })).body.id;
  const projects = { kind: "Project", keep: ["Home", "checkout", "Checkout AI"], undeclared: [] };
  expect((await undeclaredObjects(living.again().session, projects, "shared")).map(({ values }) => values.name)).toEqual(["Stray"]);
  expect(await removeUndeclared(living.again().session, projects, ["Stray"])).toEqual([stray]);
  expect((await living.api("GET", `/enterprise/v1/projects/${stray}`)).status).toBe(404);
  const names = (await living.api("GET", "/enterprise/v1/projects")).body.items.map(({ name }: { name: string }) => name);
  expect(names.toSorted()).toEqual(["Checkout AI", "Home"]);
});

test("a key that somebody disabled is told, and not repaired", async () => {
  const made = await living.create("ApiKey", { project, name: "chat" });
  await living.api("POST", `/enterprise/v1/team-keys/${made.id}/disable`);
  expect((await living.read("ApiKey", made))?.outputs.status).toBe("disabled");
});

describe("a check refuses what AnyInt lacks, with the nearest thing that it has", () => {
  test.each([
    ["Environment", { project: "1", name: "s", baseUrl: "https://x.example" }, "name: AnyInt has no environments below a project"],
    ["EnvironmentLimit", { environment: "production", monthlyUsd: 1 }, "environment: AnyInt has no limits of an environment"],
    ["Role", { name: "auditor", permissions: ["x"] }, "name: AnyInt has four fixed roles and no custom ones"],
    ["Model", { identifier: "m", provider: "openai" }, "identifier: AnyInt keeps no registry of its customers' own"],
    ["RoutingTier", { project: "1", tier: "simple", model: "m" }, "tier: AnyInt has no tiers of a project: a team key names"],
    ["RoutingPolicy", { project: "1", fallbacks: ["m"] }, "AnyInt keeps routing with its team keys: give routingRule on the key"],
    ["Budget", { name: "b", amountUsd: 1, period: "month" }, "name: AnyInt keeps spend limits with its team keys: give monthlyUsd"],
    [
      "ApiKey",
      { name: "k", rates: { tokensPerHour: 1 } },
      "rates.tokensPerHour: AnyInt has no rates.tokensPerHour on a ApiKey: rates.requests",
    ],
    ["ApiKey", { name: "k", hourlyUsd: 1 }, "hourlyUsd: AnyInt has no hourlyUsd on a ApiKey: a spend limit of the month"],
    ["OrganizationMember", { user: "a@acme.example", role: "owner" }, "role: AnyInt does not know owner: it has admin, member, finance"],
    ["ProjectMember", { project: "1", user: "a@acme.example", role: "editor" }, "role: AnyInt does not know editor: it has owner, member"],
    ["Project", { name: "P", status: "archived" }, "status: AnyInt has no status on a Project: no archive is documented, so end its keys"],
    [
      "Alert",
      { name: "a", project: "1", event: "usage.alert", channel: { webhook: "https://x.example" } },
      "project: AnyInt has no project",
    ],
    ["Organization", { plan: "pro" }, "plan: AnyInt has no plan on a Organization: plans are bought"],
  ] as const)("%s %j", (kind, inputs, told) => {
    const problems = living.problems(kind, inputs);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(told);
  });

  test("A-51 SAML without certificate and OpenID Connect without client id are refused before anything is sent", () => {
    const told = (singleSignOn: object) => living.problems("SecurityPolicy", { singleSignOn });
    expect(told({ status: "required", protocol: "saml", entityId: "urn:acme" })).toEqual([
      "singleSignOn.certificate: is missing: saml needs it",
    ]);
    expect(told({ status: "gradual", protocol: "oidc" })).toEqual(["singleSignOn.clientId: is missing: oidc needs it"]);
    expect(told({ status: "off", protocol: "saml" })).toEqual([]);
  });
});

test("without transport api and allowAssumed nothing is sent on a guess", () => {
  const sessionWith = (settings: object) =>
    new Session({ name: "main", system: "anyint", url: living.server.url, ...settings }, { GATEHOUSE_TOKEN: living.server.token });
  expect(() => sessionWith({ transport: "api" }).objects(KINDS.Project)).toThrow("allowAssumed: true");
  expect(() => sessionWith({ transport: "api", allowAssumed: true }).objects(KINDS.Project)).not.toThrow();
  expect(sessionWith({}).adapter.defaultTransport).toBe("dashboard");
});
