import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { check } from "../../../provider/lifecycle/check.js";
import { create, read, remove, update } from "../../../provider/lifecycle/lifecycle.js";
import { Session } from "../../../provider/lifecycle/session.js";
import { KINDS } from "../../../schema/kinds/index.js";
import { documentedApi } from "../../support/documented-api.js";
import { Living } from "../../support/life.js";

let living: Living;
beforeEach(async () => {
  living = await Living.start("floopy");
});
afterEach(() => living.server.close());

test("F-43 a project member, and an admin who is none", async () => {
  const project = await living.create("Project", { name: "A" });
  const given = { project: project.id, user: "kim@acme.example" };
  const member = await living.create("ProjectMember", { ...given, role: "member" });
  const changed = await living.update("ProjectMember", member, { ...given, role: "admin" });
  expect((await living.read("ProjectMember", changed))?.inputs.role).toBe("admin");
  expect(await living.session.objects(KINDS.ProjectMember).list(project.id)).toHaveLength(1);
});

test("the organization and the Default project are there before us", async () => {
  const organization = await living.create("Organization", { name: "Acme", plan: "pro", requestsPerMinute: 600 });
  expect(organization.outputs).toMatchObject({ name: "Acme", adopted: true });
  expect((await living.create("Project", { name: "Default", slug: "default" })).outputs.adopted).toBe(true);
});

test("a key's secret is a token of Floopy, and a provider's key is in no state", async () => {
  expect((await living.create("ApiKey", { name: "k" })).outputs.token).toMatch(/^flo_sk_live_/);
  const value = { env: "GATEHOUSE_TEST_SECRET", version: 1 };
  const credential = await living.create("ProviderCredential", { name: "openai", provider: "openai", value });
  expect(JSON.stringify(credential)).not.toContain("sk-secret-value");
});

test("a key that a budget revoked is seen as revoked", async () => {
  const project = await living.create("Project", { name: "A" });
  await living.create("Budget", { name: "b", project: project.id, amountUsd: 1, period: "month", onBreach: "revoke" });
  const key = await living.create("ApiKey", { name: "k", project: project.id });
  await living.server.api("POST", "/v1/chat/completions", { model: "m", costUsd: 2 }, String(key.outputs.token));
  expect((await living.read("ApiKey", key))?.outputs.status).toBe("revoked");
});

test("a rotation replaces a key, because no call renews one", async () => {
  const key = await living.create("ApiKey", { name: "k", rotate: 1 });
  expect(living.replaces("ApiKey", key, { name: "k", rotate: 2 })).toEqual(["rotate"]);
});

test("a weighted rule changes to another strategy with its fallbacks", async () => {
  const models = [
    { model: "gpt-4o", weight: 40 },
    { model: "other", weight: 60 },
  ];
  const rule = await living.create("RoutingPolicy", { name: "cheap", strategy: "weighted", models });
  const wanted = { name: "cheap", strategy: "fallback", models: [{ model: "gpt-4o" }], fallbacks: ["other"] };
  expect((await living.read("RoutingPolicy", await living.update("RoutingPolicy", rule, wanted)))?.inputs).toMatchObject(wanted);
});

test("what Floopy lacks is refused at check time with what to do instead", () => {
  expect(living.problems("Role", { name: "x", permissions: ["a"] })).toEqual([expect.stringContaining("Floopy has four fixed roles")]);
  expect(living.problems("SecurityPolicy", { sessionMinutes: 5 })).toEqual([
    expect.stringMatching(/^sessionMinutes: Floopy .*environmentLimits/),
  ]);
  expect(living.problems("Environment", { project: "p", name: "x", baseUrl: "https://x.example" })[0]).toContain(
    "Floopy has no environments of their own",
  );
  expect(living.problems("Model", { identifier: "x", provider: "openai" })[0]).toContain("Floopy keeps no models");
  expect(living.problems("RoutingTier", { project: "p", tier: "simple", model: "x" })[0]).toContain("Floopy has no tiers");
  expect(living.problems("Project", { name: "A", environment: "production" })).toEqual([
    "environment: Floopy has no environment on a Project: the environment belongs to a key, write `environment` on each ApiKey",
  ]);
  expect(living.problems("ApiKey", { name: "k", monthlyUsd: 5, rates: { tokensPerDay: 5 } })).toEqual([
    expect.stringContaining("Floopy has no monthlyUsd on a ApiKey: cap the environment"),
    expect.stringContaining("rates.tokensPerDay: Floopy has no rates.tokensPerDay"),
  ]);
  expect(living.problems("OrganizationMember", { user: "a@b.example", role: "viewer" })).toEqual([
    "role: Floopy does not know viewer: it has owner, admin, manager, member",
  ]);
  expect(living.problems("ProjectMember", { project: "p", user: "a@b.example", role: "editor" })).toEqual([
    "role: Floopy does not know editor: it has owner, admin, member",
  ]);
  expect(living.problems("Budget", { name: "b", amountUsd: 1, period: "day", team: "x", onBreach: "warn" })).toHaveLength(3);
  expect(living.problems("RoutingPolicy", { name: "r", strategy: "fallback", constraints: { confidenceThreshold: 1 } })[0]).toContain(
    "belong to the organization",
  );
});

test("the API is a guess: nothing is sent to it before somebody allows it", () => {
  const over = (settings: object) =>
    new Session({ name: "main", system: "floopy", url: living.server.url, ...settings }, { GATEHOUSE_TOKEN: "x" }).objects(KINDS.Project);
  expect(() => over({ transport: "api" })).toThrow("allowAssumed: true");
  expect(() => over({ transport: "api", allowAssumed: true })).not.toThrow();
  expect(() => over({})).toThrow("a person");
});

/** An endpoint as Floopy documents it, and nothing else. */
function floopyApi(state: { body: Record<string, unknown>; writes: unknown[]; status?: number }) {
  const fields = [
    "max_regression",
    "max_cost_increase",
    "confidence_threshold",
    "min_samples_before_promotion",
    "max_outcome_variance",
    "max_cost_drop_without_validation",
  ];
  const nulls = Object.fromEntries(fields.map((field) => [field, null]));
  const unknown = { error: { code: "not_found", message: "not found" } };
  const read = () => {
    const { status = 200 } = state;
    const body = { ...nulls, require_shadow_before_live: false, ...state.body, defaults: { max_regression: 0.05 } };
    return { status, body: status === 200 ? body : unknown };
  };
  const write = (body: unknown) => {
    state.body = body as Record<string, unknown>;
    state.writes.push(body);
    return read();
  };
  return documentedApi({ "GET /v1/constraints": read, "PUT /v1/constraints": write }, "flo_sk_live_test", unknown);
}

describe("the constraints over Floopy's own API", () => {
  let session: Session;
  const over = (url: string) => {
    session = new Session(
      { name: "main", system: "floopy", url, transport: "api", credentials: { token: { env: "GATEHOUSE_TOKEN" } } },
      { GATEHOUSE_TOKEN: "flo_sk_live_test" },
    );
  };
  const kind = () => session.kind(KINDS.RoutingPolicy);
  const checked = (values: object) => check(kind(), values as Record<string, unknown>, session).inputs;
  const make = (values: object) => create(session, kind(), checked(values));
  const given = { constraints: { maxRegression: { value: 0.1, window: "rolling_7d" }, confidenceThreshold: 0.9 } };

  test("F-64 are set, changed and returned to the platform's, each time as a whole", async () => {
    const state = { body: {}, writes: [] as unknown[] };
    await using api = await floopyApi(state);
    over(api.url);
    expect((await session.adapter.identify(session.client)).organizationId).toBe("of the API key");
    const made = await make(given);
    expect(made.id).toBe("constraints");
    expect((await read(session, kind(), made.id, made.outputs))?.inputs).toEqual(expect.objectContaining(given));

    const wanted = checked({
      constraints: { maxRegression: { value: 0.2, window: "rolling_7d" }, requireShadowBeforeLive: true },
    });
    const changed = await update(session, kind(), made.id, made.outputs, wanted);
    state.body = { ...state.body, require_shadow_before_live: false };
    expect((await read(session, kind(), made.id, changed.outputs))?.inputs.constraints).toMatchObject({
      requireShadowBeforeLive: false,
    });
    await remove(session, kind(), made.id, changed.outputs);
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
    await expect(make(given)).rejects.toThrow("adopt: ifExists");
    expect((await make({ ...given, adopt: "ifExists" })).outputs).toMatchObject({ adopted: true, ...given });
  });

  test("F-69 a 404 is never taken for their deletion", async () => {
    await using api = await floopyApi({ body: {}, writes: [], status: 404 });
    over(api.url);
    await expect(read(session, kind(), "constraints", given)).rejects.toThrow("constraints need the plan Pro");
  });

  test("a named rule is no part of it", async () => {
    await using api = await floopyApi({ body: {}, writes: [] });
    over(api.url);
    await expect(make({ name: "cheap", strategy: "fallback" })).rejects.toThrow("documents an API for its constraints only");
  });
});

test("the constraints work in a rehearsal too, beside named rules", async () => {
  const made = await living.create("RoutingPolicy", { constraints: { confidenceThreshold: 0.9 } });
  await living.create("RoutingPolicy", { name: "cheap", strategy: "fallback" });
  expect((await living.api("GET", "/v1/constraints")).body).toMatchObject({ confidence_threshold: 0.9 });
  expect((await living.session.objects(KINDS.RoutingPolicy).list(undefined)).map(({ id }) => id)).toContain(made.id);
});
