import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { check } from "../../provider/lifecycle/check.js";
import { diff } from "../../provider/lifecycle/diff.js";
import { create, type Recorded, read, remove, update } from "../../provider/lifecycle/lifecycle.js";
import { Session } from "../../provider/lifecycle/session.js";
import { KINDS, type KindName } from "../../schema/kinds/index.js";
import { startTestServer, type TestServer } from "../support/start-server.js";

const SECRETS = { GATEHOUSE_OPENAI_KEY: "sk-one-two-three", GATEHOUSE_HOOK_SECRET: "hush-hush" };
const HOOK = { webhook: "https://hooks.acme.example/x", secret: { env: "GATEHOUSE_HOOK_SECRET", version: 1 } };

let server: TestServer;
let session: Session;
const fresh = () =>
  new Session(
    { name: "main", system: "floopy", url: server.url, transport: "rehearsal", credentials: { token: { env: "GATEHOUSE_TOKEN" } } },
    { GATEHOUSE_TOKEN: server.token, ...SECRETS },
  );
beforeEach(async () => {
  server = await startTestServer({ profile: "floopy" });
  session = fresh();
});
afterEach(() => server.close());

const kindOf = (name: KindName) => session.kind(KINDS[name]);
const checked = (name: KindName, given: object) => check(kindOf(name), given as Record<string, unknown>, session.adapter);
const problems = (name: KindName, given: object) => checked(name, given).problems.map(({ property, reason }) => `${property}: ${reason}`);
const make = (name: KindName, given: object): Promise<Recorded> => {
  const { inputs, problems: wrong } = checked(name, given);
  expect(wrong).toEqual([]);
  return create(session, kindOf(name), inputs);
};
const observed = async (name: KindName, { id, outputs }: Recorded) => {
  session = fresh();
  return read(session, kindOf(name), id, outputs);
};

/** What each kind declares, and a change of each field that can be changed. */
const CASES: readonly [KindName, object, object][] = [
  ["OrganizationMember", { user: "kim@acme.example", role: "member" }, { role: "manager" }],
  ["EnvironmentLimit", { environment: "production", requestsPerMinute: 60, monthlyUsd: 100 }, { requestsPerMinute: 30, monthlyUsd: 200 }],
  [
    "Project",
    { name: "Search", slug: "search", description: "Old", color: "#fff", icon: "a" },
    { name: "Find", description: "New", color: "#000", icon: "b" },
  ],
  [
    "ApiKey",
    { name: "k", environment: "staging", permissions: ["read"], rates: { requestsPerMinute: 5 }, routingRule: "cheap" },
    { name: "l", environment: "other", permissions: ["read", "write"], rates: { requestsPerMinute: 6 }, routingRule: "fast" },
  ],
  [
    "RoutingPolicy",
    {
      name: "cheap",
      strategy: "weighted",
      models: [
        { model: "gpt-4o", weight: 40 },
        { model: "other", weight: 60 },
      ],
    },
    { strategy: "fallback", models: [{ model: "gpt-4o" }], fallbacks: ["other"] },
  ],
  ["Budget", { name: "b", amountUsd: 100, period: "month", onBreach: "block" }, { amountUsd: 50, onBreach: "revoke" }],
  [
    "Alert",
    { name: "a", event: "alert_triggered", threshold: 5, channel: HOOK },
    { event: "budget_exceeded", threshold: 6, channel: { webhook: "https://hooks.acme.example/y" } },
  ],
];

describe.each(CASES)("a %s", (name, given, changes) => {
  test("is made, stays, is changed in every field, seen to drift, and made anew when it was deleted", async () => {
    const made = await make(name, given);
    expect((await observed(name, made))?.inputs).toMatchObject(checked(name, given).inputs);

    const wanted = checked(name, { ...given, ...changes }).inputs;
    const changed = await update(session, kindOf(name), made.id, made.outputs, wanted);
    expect((await observed(name, changed))?.inputs).toEqual(expect.objectContaining(wanted));

    const before = checked(name, given).inputs;
    await update(session, kindOf(name), made.id, changed.outputs, before);
    expect((await observed(name, changed))?.inputs).not.toEqual(expect.objectContaining(wanted));

    await remove(session, kindOf(name), made.id, changed.outputs);
    const gone = await observed(name, changed);
    expect(gone === undefined || gone.outputs.status === "revoked").toBe(true);
    await expect(make(name, given)).resolves.toMatchObject({ outputs: expect.anything() });
  });

  test("that exists is not taken over silently", async () => {
    await make(name, given);
    await expect(make(name, given)).rejects.toThrow("adopt: ifExists");
    expect((await make(name, { ...given, adopt: "ifExists" })).outputs.adopted).toBe(true);
  });
});

test("what cannot be changed in place replaces, a key's rotation among it", () => {
  const replaced = (name: KindName, olds: object, news: object) => diff(kindOf(name), olds as never, news as never).replaces;
  expect(replaced("Project", { slug: "a" }, { slug: "b" })).toEqual(["slug"]);
  expect(replaced("ApiKey", { name: "k", project: "a", rotate: 1 }, { name: "k", project: "b", rotate: 2 })).toEqual(["project", "rotate"]);
  expect(replaced("Budget", { name: "a" }, { name: "b" })).toEqual(["name"]);
  expect(replaced("EnvironmentLimit", { environment: "other" }, { environment: "staging" })).toEqual(["environment"]);
});

test("F-43 a project member, and an admin who is none", async () => {
  const project = await make("Project", { name: "A" });
  const member = await make("ProjectMember", { project: project.id, user: "kim@acme.example", role: "member" });
  const changed = await update(session, kindOf("ProjectMember"), member.id, member.outputs, {
    project: project.id,
    user: "kim@acme.example",
    role: "admin",
  });
  expect((await observed("ProjectMember", changed))?.inputs.role).toBe("admin");
  expect(await session.objects(kindOf("ProjectMember")).list(project.id)).toHaveLength(1);
});

test("the organization and the Default project are there before us", async () => {
  const organization = await make("Organization", { name: "Acme", plan: "pro", requestsPerMinute: 600 });
  expect(organization.outputs).toMatchObject({ name: "Acme", adopted: true });
  expect((await make("Project", { name: "Default", slug: "default" })).outputs.adopted).toBe(true);
});

test("launch facts, owner and consumer stay in the state", async () => {
  const project = await make("Project", { name: "A", launch: { workload: "chat" } });
  const key = await make("ApiKey", {
    name: "a-prod",
    project: project.id,
    environment: "production",
    owner: "lin@acme.example",
    ownerType: "service",
    consumer: "a-api",
  });
  expect((await observed("ApiKey", key))?.inputs).toMatchObject({ owner: "lin@acme.example", ownerType: "service", consumer: "a-api" });
  expect((await observed("Project", project))?.inputs).toMatchObject({ launch: { workload: "chat" } });
});

test("a key's secret is kept from its creation, a provider's key is sent and never seen", async () => {
  const key = await make("ApiKey", { name: "k" });
  expect(key.outputs.token).toMatch(/^flo_sk_live_/);
  expect((await observed("ApiKey", key))?.outputs.token).toBe(key.outputs.token);
  const credential = await make("ProviderCredential", {
    name: "openai",
    provider: "openai",
    value: { env: "GATEHOUSE_OPENAI_KEY", version: 1 },
  });
  expect(JSON.stringify(credential)).not.toContain("sk-one-two-three");
  expect((await observed("ProviderCredential", credential))?.inputs.value).toEqual({ env: "GATEHOUSE_OPENAI_KEY", version: 1 });
});

test("a key that a budget revoked is seen as revoked", async () => {
  const project = await make("Project", { name: "A" });
  await make("Budget", { name: "b", project: project.id, amountUsd: 1, period: "month", onBreach: "revoke" });
  const key = await make("ApiKey", { name: "k", project: project.id });
  await server.api("POST", "/v1/chat/completions", { model: "m", costUsd: 2 }, String(key.outputs.token));
  expect((await observed("ApiKey", key))?.outputs.status).toBe("revoked");
});

test("what Floopy lacks is refused at check time with what to do instead", () => {
  expect(problems("Role", { name: "x", permissions: ["a"] })).toEqual([expect.stringContaining("Floopy has four fixed roles")]);
  expect(problems("SecurityPolicy", { sessionMinutes: 5 })).toEqual([expect.stringMatching(/^sessionMinutes: Floopy .*environmentLimits/)]);
  expect(problems("Environment", { project: "p", name: "x", baseUrl: "https://x.example" })[0]).toContain(
    "Floopy has no environments of their own",
  );
  expect(problems("Model", { identifier: "x", provider: "openai" })[0]).toContain("Floopy keeps no models");
  expect(problems("RoutingTier", { project: "p", tier: "simple", model: "x" })[0]).toContain("Floopy has no tiers");
  expect(problems("Project", { name: "A", environment: "production" })).toEqual([
    "environment: Floopy has no environment on a Project: the environment belongs to a key, write `environment` on each ApiKey",
  ]);
  expect(problems("ApiKey", { name: "k", monthlyUsd: 5, rates: { tokensPerDay: 5 } })).toEqual([
    expect.stringContaining("Floopy has no monthlyUsd on a ApiKey: cap the environment"),
    expect.stringContaining("rates.tokensPerDay: Floopy has no rates.tokensPerDay"),
  ]);
  expect(problems("OrganizationMember", { user: "a@b.example", role: "viewer" })).toEqual([
    "role: Floopy does not know viewer: it has owner, admin, manager, member",
  ]);
  expect(problems("ProjectMember", { project: "p", user: "a@b.example", role: "editor" })).toEqual([
    "role: Floopy does not know editor: it has owner, admin, member",
  ]);
  expect(problems("Budget", { name: "b", amountUsd: 1, period: "day", team: "x", onBreach: "warn" })).toHaveLength(3);
  expect(problems("RoutingPolicy", { name: "r", strategy: "fallback", constraints: { confidenceThreshold: 1 } })[0]).toContain(
    "belong to the organization",
  );
});

test("the API is a guess: nothing is sent to it before somebody allows it", () => {
  const over = (settings: object) =>
    new Session({ name: "main", system: "floopy", url: server.url, ...settings }, { GATEHOUSE_TOKEN: "x" }).objects(KINDS.Project);
  expect(() => over({ transport: "api" })).toThrow("allowAssumed: true");
  expect(() => over({ transport: "api", allowAssumed: true })).not.toThrow();
  expect(() => over({})).toThrow("a person");
});

/** An endpoint as Floopy documents it, and nothing else. */
async function floopyApi(state: { body: Record<string, unknown>; writes: unknown[]; status?: number }) {
  const bodyOf = async (request: IncomingMessage) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
  };
  const fields = [
    "max_regression",
    "max_cost_increase",
    "confidence_threshold",
    "min_samples_before_promotion",
    "max_outcome_variance",
    "max_cost_drop_without_validation",
  ];
  const http = createServer(async (request, response) => {
    const known = request.url === "/v1/constraints" && request.headers.authorization === "Bearer flo_sk_live_test";
    if (known && request.method === "PUT") {
      state.body = await bodyOf(request);
      state.writes.push(state.body);
    }
    const nulls = Object.fromEntries(fields.map((field) => [field, null]));
    const answer = { ...nulls, require_shadow_before_live: false, ...state.body, defaults: { max_regression: 0.05 } };
    const status = known ? (state.status ?? 200) : 404;
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(status === 200 ? answer : { error: { code: "not_found", message: "not found" } }));
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const close = () => new Promise<void>((resolve) => http.close(() => resolve()).closeAllConnections());
  return { url, [Symbol.asyncDispose]: close };
}

describe("the constraints over Floopy's own API", () => {
  const over = (url: string) => {
    session = new Session(
      { name: "main", system: "floopy", url, transport: "api", credentials: { token: { env: "GATEHOUSE_TOKEN" } } },
      { GATEHOUSE_TOKEN: "flo_sk_live_test" },
    );
  };
  const given = { constraints: { maxRegression: { value: 0.1, window: "rolling_7d" }, confidenceThreshold: 0.9 } };

  test("F-64 are set, changed and returned to the platform's, each time as a whole", async () => {
    const state = { body: {}, writes: [] as unknown[] };
    await using api = await floopyApi(state);
    over(api.url);
    expect((await session.adapter.identify(session.client)).organizationId).toBe("of the API key");
    const made = await make("RoutingPolicy", given);
    expect(made.id).toBe("constraints");
    expect((await read(session, kindOf("RoutingPolicy"), made.id, made.outputs))?.inputs).toEqual(expect.objectContaining(given));

    const wanted = checked("RoutingPolicy", {
      constraints: { maxRegression: { value: 0.2, window: "rolling_7d" }, requireShadowBeforeLive: true },
    }).inputs;
    const changed = await update(session, kindOf("RoutingPolicy"), made.id, made.outputs, wanted);
    state.body = { ...state.body, require_shadow_before_live: false };
    expect((await read(session, kindOf("RoutingPolicy"), made.id, changed.outputs))?.inputs.constraints).toMatchObject({
      requireShadowBeforeLive: false,
    });
    await remove(session, kindOf("RoutingPolicy"), made.id, changed.outputs);
    expect(state.writes).toEqual(
      [
        { max_regression: { value: 0.1, window: "rolling_7d" }, confidence_threshold: 0.9 },
        { max_regression: { value: 0.2, window: "rolling_7d" }, require_shadow_before_live: true },
        {},
      ].map((write, index) => (index === 1 ? expect.objectContaining(write) : write)),
    );
    expect(state.writes[1]).not.toHaveProperty("confidence_threshold");
  });

  test("that somebody else set are not taken over silently", async () => {
    await using api = await floopyApi({ body: { confidence_threshold: 0.5 }, writes: [] });
    over(api.url);
    await expect(make("RoutingPolicy", given)).rejects.toThrow("adopt: ifExists");
    expect((await make("RoutingPolicy", { ...given, adopt: "ifExists" })).outputs).toMatchObject({ adopted: true, ...given });
  });

  test("F-69 a 404 is never taken for their deletion", async () => {
    await using api = await floopyApi({ body: {}, writes: [], status: 404 });
    over(api.url);
    await expect(read(session, kindOf("RoutingPolicy"), "constraints", given)).rejects.toThrow("constraints need the plan Pro");
  });

  test("a named rule is no part of it", async () => {
    await using api = await floopyApi({ body: {}, writes: [] });
    over(api.url);
    await expect(make("RoutingPolicy", { name: "cheap", strategy: "fallback" })).rejects.toThrow(
      "documents an API for its constraints only",
    );
  });

  test("they work in a rehearsal too, beside named rules", async () => {
    const made = await make("RoutingPolicy", given);
    await make("RoutingPolicy", { name: "cheap", strategy: "fallback" });
    expect((await server.api("GET", "/v1/constraints")).body).toMatchObject({ confidence_threshold: 0.9 });
    expect((await session.objects(kindOf("RoutingPolicy")).list(undefined)).map(({ id }) => id)).toContain(made.id);
  });
});
