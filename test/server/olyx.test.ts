import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../support/start-server.js";

let server: TestServer;
let now: Date;
beforeEach(async () => {
  now = new Date("2026-09-01T10:00:00Z");
  server = await startTestServer({ profile: "olyx", now: () => now });
});
afterEach(() => server.close());

const api = (method: string, path: string, body?: unknown, token?: string | null) => server.api(method, `/api/v1${path}`, body, token);

async function project(name = "Production") {
  return (await api("POST", "/projects", { name })).body.id as number;
}

/** A project with one model in its registry and one key. One million input tokens cost 1 US dollar. */
async function working(name = "Production", cap?: number) {
  const id = await project(name);
  await api("POST", "/models", {
    project_id: id,
    identifier: "gpt-5-mini",
    provider: "openai",
    is_public: true,
    input_cost_per_1k: 0.001,
    output_cost_per_1k: 0.002,
  });
  const key = await api("POST", "/api_keys", { project_id: id, name: `${name}-api`, ...(cap !== undefined && { hourly_spend_cap: cap }) });
  return { id, key: key.body.id as string, token: key.body.token as string };
}

async function trace(token: string) {
  return (await api("POST", "/traces", { metadata: { service: "billing-api" } }, token)).body.id as string;
}

const run = async (token: string, inputTokens: number, more: object = { model: "gpt-5-mini" }) =>
  api("POST", "/executions", { trace_id: await trace(token), input_tokens: inputTokens, ...more }, token);

/** A person who has accepted an invitation to the organization. */
async function person(role: "owner" | "admin" | "member") {
  const email = `${role}-${Math.random().toString(36).slice(2)}@acme.example`;
  const invited = await api("POST", "/invites/customer", { email, role: role === "owner" ? "owner" : "member" });
  const accepted = await api("POST", "/invites/accept", { token: invited.body.token, type: "customer", password: "long enough" }, null);
  if (role === "admin") await api("PATCH", `/members/${invited.body.id}`, { role: "admin" });
  return { email, id: invited.body.id as number, token: accepted.body.token as string };
}

describe("projects", () => {
  test("O-05 O-14 O-16 O-17 a project is the organization's: numeric id, active, its spend computed, a description only if given", async () => {
    const made = await api("POST", "/projects", { name: "Production" });
    expect(made.status).toBe(201);
    expect(made.body).toEqual({ id: made.body.id, name: "Production", status: "active", total_monthly_spend: 0 });
    expect(Number.isInteger(made.body.id)).toBe(true);
    expect((await api("GET", "/organization")).body.id).toEqual(expect.any(Number));
    const described = await api("PATCH", `/projects/${made.body.id}`, { description: "Live traffic" });
    expect(described.body.description).toBe("Live traffic");
    const wrong = await api("PATCH", `/projects/${made.body.id}`, { status: "paused" });
    expect([wrong.status, wrong.body]).toEqual([422, { errors: ["Status must be one of active, archived"] }]);
    expect((await api("PATCH", `/projects/${made.body.id}`, { total_monthly_spend: 1 })).status).toBe(422);
  });

  test("O-16 the spend of the calendar month counts executions and begins anew with the month", async () => {
    const { id, token } = await working();
    await run(token, 2_000_000);
    expect((await api("GET", `/projects/${id}`)).body.total_monthly_spend).toBe(2);
    now = new Date("2026-10-01T00:00:00Z");
    expect((await api("GET", `/projects/${id}`)).body.total_monthly_spend).toBe(0);
  });

  test("what a project settles stands in its settings", async () => {
    const settings = { grading_baseline: { expected_cost_usd: 0.01, expected_latency_ms: 900 } };
    const made = await api("POST", "/projects", { name: "Production", settings });
    expect(made.body.settings).toEqual(settings);
  });

  test("there is no way to delete a project", async () => {
    const id = await project();
    const refused = await api("DELETE", `/projects/${id}`);
    expect([refused.status, refused.body]).toEqual([404, { error: expect.stringContaining("there is no DELETE") }]);
    expect((await api("GET", `/projects/${id}`)).status).toBe(200);
  });

  test("O-24 an active project accepts keys, model settings and traces, an archived one refuses them", async () => {
    const { id, token } = await working();
    const tiers = `/projects/${id}/settings/routing_tiers`;
    expect((await api("POST", tiers, { tier: "simple", model: "gpt-5-mini" })).status).toBe(201);
    const open = await trace(token);
    expect((await api("PATCH", `/projects/${id}`, { status: "archived" })).body.status).toBe("archived");
    const refusals = [
      await api("POST", "/api_keys", { project_id: id, name: "late" }),
      await api("POST", "/models", { project_id: id, identifier: "late", provider: "openai" }),
      await api("POST", tiers, { tier: "complex", model: "gpt-5-mini" }),
      await api("PATCH", `${tiers}/simple`, { model: "gpt-5-mini" }),
      await api("PATCH", `/projects/${id}`, { name: "Other" }),
      await api("POST", "/traces", {}, token),
      await api("POST", "/executions", { trace_id: open, model: "gpt-5-mini" }, token),
    ];
    for (const { status, body } of refusals) {
      expect([status, body]).toEqual([422, { errors: ['Project "Production" is archived and can only be read'] }]);
    }
  });

  test("O-25 an archived project and its traces stay readable, and its name is free", async () => {
    const { id, token } = await working();
    const kept = await trace(token);
    await api("PATCH", `/projects/${id}`, { status: "archived" });
    expect((await api("PATCH", `/projects/${id}`, { status: "archived" })).status).toBe(200);
    expect((await api("GET", `/projects/${id}`)).body).toMatchObject({ id, status: "archived" });
    expect((await api("GET", "/projects")).body.items.map((one: { id: number }) => one.id)).toContain(id);
    expect((await api("GET", `/traces/${kept}`, undefined, token)).body).toMatchObject({ id: kept, project_id: id });
    expect((await api("POST", "/projects", { name: "Production" })).status).toBe(201);
  });

  test("an active project of the same name is refused as any failed validation", async () => {
    await project();
    const twin = await api("POST", "/projects", { name: "production" });
    expect([twin.status, twin.body]).toEqual([422, { errors: ["Name has already been taken"] }]);
  });
});

describe("what belongs to a project", () => {
  test("O-01 keys, models, routing, webhooks and caps each name one project", async () => {
    for (const [path, body] of [
      ["/api_keys", { name: "k" }],
      ["/models", { identifier: "m", provider: "openai" }],
      ["/routing_settings", { routing_fallbacks: [] }],
      ["/alert_webhooks", { name: "a", event: "circuit_breaker", endpoint: { url: "https://hooks.acme.example" } }],
      ["/budgets", { amount: 1, period: "month" }],
    ] as const) {
      const refused = await api("POST", path, body);
      expect([path, refused.status, refused.body]).toEqual([path, 422, { errors: ["Project can't be blank"] }]);
    }
  });

  test("O-06 O-19 a key creates and reads traces of its own project only, without naming it", async () => {
    const production = await working("Production");
    const staging = await working("Staging");
    const made = await api("POST", "/traces", { metadata: { environment: "production" } }, production.token);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ status: "pending", project_id: production.id });
    const foreign = await api("GET", `/traces/${made.body.id}`, undefined, staging.token);
    expect([foreign.status, foreign.body]).toEqual([404, { error: "Not found" }]);
    expect((await api("POST", "/traces", { project_id: staging.id }, production.token)).status).toBe(404);
    const own = await api("GET", `/traces/${made.body.id}`, undefined, production.token);
    expect(own.body).toMatchObject({ id: made.body.id, metadata: { environment: "production" } });
    const elsewhere = await api("POST", "/executions", { trace_id: made.body.id, model: "gpt-5-mini" }, staging.token);
    expect(elsewhere.status).toBe(404);
  });

  test("O-08 a key calls the models of its project's registry and no others", async () => {
    const { token } = await working("Production");
    const other = await project("Staging");
    await api("POST", "/models", {
      project_id: other,
      identifier: "only-in-staging",
      provider: "internal",
      base_url: "https://m.acme.example",
    });
    expect((await run(token, 10)).status).toBe(200);
    const refused = await run(token, 10, { model: "only-in-staging" });
    expect([refused.status, refused.body]).toEqual([422, { errors: ['Model "only-in-staging" is not registered in this project'] }]);
    const empty = await api("POST", "/api_keys", { project_id: other, name: "k" });
    expect((await run(empty.body.token, 10)).status).toBe(422);
  });

  test("O-10 simple, medium, complex and private requests go to the registered models of the project's tiers", async () => {
    const { id, token } = await working();
    const tiers = `/projects/${id}/settings/routing_tiers`;
    await api("POST", "/models", { project_id: id, identifier: "house", provider: "internal", is_public: false });
    for (const tier of ["simple", "medium", "complex", "private"]) {
      const made = await api("POST", tiers, { tier, model: tier === "private" ? "house" : "gpt-5-mini" });
      expect([made.status, made.body.tier]).toEqual([201, tier]);
    }
    expect((await run(token, 10, { tier: "simple" })).body.model).toBe("gpt-5-mini");
    expect((await run(token, 10, { tier: "private" })).body.model).toBe("house");
    expect((await api("POST", tiers, { tier: "secure", model: "house" })).status).toBe(422);
  });

  test("O-40 a tier or a fallback that names an identifier outside the registry is refused", async () => {
    const { id } = await working();
    const tier = await api("POST", `/projects/${id}/settings/routing_tiers`, { tier: "simple", model: "gpt-9" });
    expect(tier.status).toBe(422);
    expect(tier.body.errors[0]).toContain('"gpt-9", which does not exist in this project');
    expect((await api("POST", "/routing_settings", { project_id: id, routing_fallbacks: ["gpt-9"] })).status).toBe(422);
    expect((await api("POST", "/routing_settings", { project_id: id, routing_fallbacks: ["gpt-5-mini"] })).status).toBe(201);
    const other = await project("Staging");
    expect((await api("POST", `/projects/${other}/settings/routing_tiers`, { tier: "simple", model: "gpt-5-mini" })).status).toBe(422);
  });

  test("O-56 the provider's key of a model entry is never answered", async () => {
    const id = await project();
    const secret = "sk-provider-value";
    const made = await api("POST", "/models", {
      project_id: id,
      identifier: "m",
      provider: "azure",
      api_key: secret,
      data_retention_days: 30,
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ project_id: id, identifier: "m", provider: "azure", data_retention_days: 30 });
    const later = [made.body, (await api("GET", `/models/${made.body.id}`)).body, (await api("GET", "/models")).body];
    expect(JSON.stringify(later)).not.toContain(secret);
    expect((await api("POST", "/models", { project_id: id, identifier: "n", provider: "mistral" })).body).toEqual({
      errors: ["Provider is not included in the list: openai, anthropic, gemini, bedrock, azure, internal"],
    });
  });

  test("prices are per thousand tokens, and a route is public or not", async () => {
    const id = await project();
    const entry = {
      project_id: id,
      identifier: "m",
      provider: "openai",
      is_public: false,
      input_cost_per_1k: 0.00025,
      output_cost_per_1k: 0.002,
    };
    const made = await api("POST", "/models", { ...entry, base_url: "https://models.acme.example/v1" });
    expect(made.body).toMatchObject({ ...entry, base_url: "https://models.acme.example/v1" });
  });
});

describe("keys", () => {
  test("O-47 O-48 the token ak_<key_id>.<secret> is answered once, and masked ever after", async () => {
    const id = await project();
    const made = await api("POST", "/api_keys", { project_id: id, name: "support-api-prod" });
    expect(made.status).toBe(201);
    const { token, key_id } = made.body;
    expect(token).toMatch(/^ak_[0-9a-f]{16}\.[A-Za-z0-9_-]{43}$/);
    expect(token.startsWith(`ak_${key_id}.`)).toBe(true);
    expect(made.body).toMatchObject({ id: key_id, project_id: id, status: "active", masked_token: `ak_${key_id}.…` });
    const later = [(await api("GET", `/api_keys/${key_id}`)).body, (await api("GET", "/api_keys")).body];
    expect(JSON.stringify(later)).not.toContain(token.split(".")[1]);
    expect(later[0]).toMatchObject({ key_id, masked_token: `ak_${key_id}.…` });
  });

  test("O-50 a revoked key stops at once and stays in the history", async () => {
    const { id, key, token } = await working();
    const before = await trace(token);
    expect((await api("DELETE", `/api_keys/${key}`)).status).toBe(204);
    const refused = await api("POST", "/traces", {}, token);
    expect([refused.status, refused.body]).toEqual([401, { error: "Unauthorized" }]);
    expect((await api("GET", `/api_keys/${key}`)).body).toMatchObject({ id: key, name: "Production-api", status: "revoked" });
    const next = (await api("POST", "/api_keys", { project_id: id, name: "Production-api" })).body;
    expect((await api("GET", `/traces/${before}`, undefined, next.token)).body.id).toBe(before);
  });

  test("O-51 a key over its hourly cap is paused and answers 429 CIRCUIT_OPEN until the hour is over", async () => {
    const { key, token } = await working("Production", 1);
    expect((await run(token, 999_000)).status).toBe(200);
    const open = await trace(token);
    expect((await run(token, 1_000)).status).toBe(200);
    expect((await api("GET", `/api_keys/${key}`)).body.status).toBe("paused");
    const refused = await api("POST", "/executions", { trace_id: open, model: "gpt-5-mini" }, token);
    expect([refused.status, refused.body.code]).toEqual([429, "CIRCUIT_OPEN"]);
    expect(refused.body.error).toContain("paused");
    now = new Date("2026-09-01T11:00:00Z");
    expect((await run(token, 10)).status).toBe(200);
    expect((await api("GET", `/api_keys/${key}`)).body.status).toBe("active");
  });

  test("O-52 no key, a wrong one, a revoked one: 401 Unauthorized; a paused one says 429", async () => {
    const { key, token } = await working("Production", 1);
    for (const wrong of [null, "ak_0000.nothing", token.slice(0, -1), server.token]) {
      const refused = await api("POST", "/traces", {}, wrong);
      expect([refused.status, refused.body]).toEqual([401, { error: "Unauthorized" }]);
    }
    await run(token, 1_000_000);
    expect((await api("POST", "/traces", {}, token)).status).toBe(429);
    await api("DELETE", `/api_keys/${key}`);
    expect((await api("POST", "/traces", {}, token)).status).toBe(401);
  });

  test("O-52 a session that has ended: 401 Token expired", async () => {
    const { token } = await person("owner");
    expect((await api("GET", "/projects", undefined, token)).status).toBe(200);
    now = new Date("2026-10-02T10:00:00Z");
    const refused = await api("GET", "/projects", undefined, token);
    expect([refused.status, refused.body]).toEqual([401, { error: "Token expired" }]);
  });

  test("O-53 a project at its monthly cap answers 402 BUDGET_EXCEEDED until the next month, or a higher cap", async () => {
    const { id, token } = await working();
    const budget = await api("POST", "/budgets", { project_id: id, amount: 1, period: "month" });
    expect(budget.status).toBe(201);
    expect((await run(token, 1_000_000)).status).toBe(200);
    for (const refused of [await api("POST", "/traces", {}, token)]) {
      expect([refused.status, refused.body]).toEqual([402, { error: "Monthly budget exceeded.", code: "BUDGET_EXCEEDED" }]);
    }
    await api("PATCH", `/budgets/${budget.body.id}`, { amount: 2 });
    expect((await run(token, 1_000_000)).status).toBe(200);
    expect((await api("POST", "/traces", {}, token)).status).toBe(402);
    now = new Date("2026-10-01T00:00:00Z");
    expect((await run(token, 10)).status).toBe(200);
    expect((await api("POST", "/budgets", { project_id: id, amount: 5, period: "month" })).status).toBe(422);
    expect((await api("POST", "/budgets", { project_id: await project("B"), amount: 5, period: "day" })).status).toBe(422);
  });

  test("O-41 a key is no person: it manages nothing, and a person's session creates no traces", async () => {
    const { id, token } = await working();
    expect((await api("GET", `/projects/${id}`, undefined, token)).status).toBe(401);
    expect((await api("POST", "/models", { project_id: id, identifier: "x", provider: "openai" }, token)).status).toBe(401);
    expect((await api("POST", "/traces", {}, server.token)).status).toBe(401);
  });
});

describe("people", () => {
  /** What the role may write: each answer's status. */
  async function tries(token: string) {
    const id = await project(`P${Math.random()}`);
    const status = async (method: string, path: string, body?: unknown) => (await api(method, path, body, token)).status;
    return {
      see: await status("GET", `/projects/${id}`),
      configure: await status("PATCH", `/projects/${id}`, { description: "d" }),
      model: await status("POST", "/models", { project_id: id, identifier: "m", provider: "openai" }),
      key: await status("POST", "/api_keys", { project_id: id, name: `k${id}` }),
      team: await status("POST", "/invites/project", { email: `p${id}@acme.example`, project_id: id, role: "member" }),
      organization: await status("PATCH", "/organization", { name: `Acme ${id}` }),
      archive: await status("PATCH", `/projects/${id}`, { status: "archived" }),
    };
  }

  test("O-42 an owner administers the organization and has final control of projects", async () => {
    const { token } = await person("owner");
    expect(await tries(token)).toEqual({ see: 200, configure: 200, model: 201, key: 201, team: 201, organization: 200, archive: 200 });
  });

  test("O-43 an admin configures projects, keys, models and teams, and neither the organization nor the archive", async () => {
    const { token } = await person("admin");
    expect(await tries(token)).toEqual({ see: 200, configure: 200, model: 201, key: 201, team: 201, organization: 403, archive: 403 });
  });

  test("O-44 a member reads and does nothing else", async () => {
    const { token } = await person("member");
    expect(await tries(token)).toEqual({ see: 200, configure: 403, model: 403, key: 403, team: 403, organization: 403, archive: 403 });
  });

  test("O-65 only admins and owners invite", async () => {
    for (const [role, status] of [
      ["owner", 201],
      ["admin", 201],
      ["member", 403],
    ] as const) {
      const { token } = await person(role);
      const invited = await api("POST", "/invites/customer", { email: `by-${role}@acme.example`, role: "member" }, token);
      expect([role, invited.status]).toEqual([role, status]);
    }
    const { token } = await person("admin");
    expect((await api("POST", "/invites/customer", { email: "new@acme.example", role: "owner" }, token)).status).toBe(403);
    expect((await api("POST", "/members", { email: "new@acme.example", role: "member" })).status).toBe(404);
  });

  test("O-66 an invitation ends after 7 days, and another one may follow", async () => {
    const body = { email: "ada@acme.example", first_name: "Ada", last_name: "L", role: "member" };
    const invited = await api("POST", "/invites/customer", body);
    expect([invited.status, invited.body.expires_at]).toEqual([201, "2026-09-08T10:00:00.000Z"]);
    const lookup = `/invites/lookup?token=${invited.body.token}&type=customer`;
    expect((await api("GET", lookup, undefined, null)).body).toEqual({
      email: "ada@acme.example",
      expires_at: "2026-09-08T10:00:00.000Z",
      needs_signup: true,
    });
    expect((await api("POST", "/invites/customer", body)).body).toEqual({ errors: ["Email has already been taken"] });
    now = new Date("2026-09-08T10:00:00Z");
    expect((await api("GET", `/members/${invited.body.id}`)).body.status).toBe("expired");
    const late = await api("POST", "/invites/accept", { token: invited.body.token, type: "customer", password: "long enough" }, null);
    expect([late.status, late.body]).toEqual([422, { errors: ["Invitation has expired"] }]);
    expect((await api("POST", "/invites/customer", body)).status).toBe(201);
  });

  test("O-67 nobody is invited to the organization as admin", async () => {
    for (const role of ["owner", "member"]) {
      expect((await api("POST", "/invites/customer", { email: `${role}@acme.example`, role })).status).toBe(201);
    }
    const refused = await api("POST", "/invites/customer", { email: "admin@acme.example", role: "admin" });
    expect([refused.status, refused.body]).toEqual([422, { errors: ["Role is not included in the list: member, owner"] }]);
  });

  test("O-68 O-69 membership of the organization and of a project are two things, changed and ended apart", async () => {
    const id = await project();
    const { email, id: account } = await person("member");
    const joined = await api("POST", "/invites/project", { email, project_id: id, role: "member" });
    expect(joined.body).toMatchObject({ project_id: id, email, role: "member", status: "pending" });
    await api("POST", "/invites/accept", { token: joined.body.token, type: "project" }, null);
    const member = `/projects/${id}/members/${joined.body.id}`;
    expect((await api("GET", member)).body.status).toBe("active");
    expect((await api("PATCH", member, { role: "admin" })).body.role).toBe("admin");
    expect((await api("GET", `/members/${account}`)).body.role).toBe("member");
    expect((await api("DELETE", member)).status).toBe(204);
    expect((await api("GET", `/members/${account}`)).status).toBe(200);
  });

  test("O-70 accepting needs a password only of somebody without an account", async () => {
    const stranger = await api("POST", "/invites/customer", { email: "new@acme.example", role: "member" });
    const body = { token: stranger.body.token, type: "customer" };
    expect((await api("POST", "/invites/accept", body, null)).body).toEqual({ errors: ["Password can't be blank"] });
    expect((await api("POST", "/invites/accept", { ...body, password: "long enough" }, null)).status).toBe(200);
    const known = await api("POST", "/invites/project", { email: "new@acme.example", project_id: await project(), role: "member" });
    expect((await api("GET", `/invites/lookup?token=${known.body.token}&type=project`, undefined, null)).body.needs_signup).toBe(false);
    const session = await api("POST", "/invites/accept", { token: known.body.token, type: "project" }, null);
    expect((await api("GET", "/projects", undefined, session.body.token)).status).toBe(200);
  });

  test("O-71 declining answers 204 with no body, and the invitation is gone", async () => {
    const invited = await api("POST", "/invites/customer", { email: "no@acme.example", role: "member" });
    const body = { token: invited.body.token, type: "customer" };
    const declined = await api("POST", "/invites/decline", body, null);
    expect([declined.status, declined.body]).toEqual([204, undefined]);
    expect((await api("POST", "/invites/decline", body, null)).status).toBe(404);
    expect((await api("GET", `/members/${invited.body.id}`)).status).toBe(404);
  });
});

describe("webhooks, guardrails and errors", () => {
  test("O-11 O-61 O-62 a webhook takes the two events and no other", async () => {
    const { id, token } = await working("Production", 1);
    const hook = (name: string, event: string) =>
      api("POST", "/alert_webhooks", {
        project_id: id,
        name,
        event,
        endpoint: { url: "https://hooks.acme.example/olyx", secret: "whsec" },
      });
    const made = await hook("breaker", "circuit_breaker");
    expect(made.status).toBe(201);
    expect(made.body.endpoint).toEqual({ url: "https://hooks.acme.example/olyx" });
    expect((await hook("grades", "grade_below_threshold")).status).toBe(201);
    for (const event of ["budget_exceeded", "latency_insight", "key.created"]) expect((await hook(event, event)).status).toBe(422);
    await run(token, 1_000_000);
    const told = (await server.api("GET", "/v1/alert-events")).body.items;
    expect(told.map((one: { event: string; name: string }) => [one.event, one.name])).toEqual([["circuit_breaker", "breaker"]]);
  });

  test("O-77 O-78 a key reads its project's policy; secrets in prompts are alerted, redacted or blocked", async () => {
    const { id, token } = await working();
    const guardrails = { max_input_length: 10_000, pii_threshold: 0.7, injection_block: true, secret_action: "redact" };
    expect((await api("PATCH", "/guardrails", { guardrails })).body.guardrails).toEqual(guardrails);
    expect((await api("PATCH", "/guardrails", { guardrails: { secret_action: "ignore" } })).status).toBe(422);
    expect((await api("GET", "/config", undefined, token)).body).toMatchObject({ project_id: id, ...guardrails });
    expect((await api("PATCH", "/config", { pii_threshold: 0 }, token)).status).toBe(404);
  });

  test("O-72 what is absent and what is another account's are both 404 Not found", async () => {
    for (const path of ["/projects/4711", "/models/4711", "/api_keys/feed", "/members/4711", "/projects/4711/members"]) {
      const absent = await api("GET", path);
      expect([path, absent.status, absent.body]).toEqual([path, 404, { error: "Not found" }]);
    }
  });

  test("O-73 failed validation is 422 with errors, a body that is none is 400 with error", async () => {
    const wrong = await api("POST", "/projects", { description: 1 });
    expect([wrong.status, wrong.body]).toEqual([422, { errors: ["Name is required", "Description must be string"] }]);
    expect((await api("POST", "/projects", "{")).body).toEqual({ error: "the body is no valid JSON" });
    expect((await api("POST", "/executions", {}, (await working()).token)).status).toBe(400);
  });

  test("what Olyx lacks has no address and no field", async () => {
    for (const path of ["/environments", "/environment-limits", "/roles", "/credentials"])
      expect((await api("GET", path)).status).toBe(404);
    const id = await project();
    expect((await api("POST", "/api_keys", { project_id: id, name: "k", expires_at: "2027-01-01" })).status).toBe(422);
    expect((await api("PATCH", `/projects/${id}`, { slug: "production" })).status).toBe(422);
  });
});
