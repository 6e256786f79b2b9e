import { describe, expect, test } from "vitest";
import { AlreadyExists, InvalidInput, Refused, Unauthorized } from "../../../provider/errors.js";
import { PartialFailure } from "../../../provider/lifecycle/lifecycle.js";
import { Session } from "../../../provider/lifecycle/session.js";
import { chat, type RouterlyServer, registerModel, startRouterly } from "../../support/routerly.js";
import { type Run, runOf, startRun } from "../../support/routerly-adapter.js";

const SMALL = { identifier: "openai/small", provider: "openai", inputUsdPerMillionTokens: 0.25, outputUsdPerMillionTokens: 2 };
const LIMIT = { metric: "totalTokens", windowType: "rolling", rollingAmount: 2, rollingUnit: "hour", value: 500 };

const DAILY = { metric: "cost", windowType: "period", period: "daily", value: 5 };

type Body = Record<string, unknown> & { id: string };

async function listed(server: RouterlyServer, path: string): Promise<Body[]> {
  return (await server.api("GET", path)).body;
}

/** The first of what a list shows. */
async function firstOf(server: RouterlyServer, path: string): Promise<Body> {
  const [first] = await listed(server, path);
  if (first === undefined) throw new Error(`${path} is empty`);
  return first;
}

/** Reads what was applied in a run of its own, and says what differs from the declaration. */
async function drift(
  server: RouterlyServer,
  name: Parameters<Run["read"]>[0],
  recorded: { id: string; outputs: Readonly<Record<string, unknown>> },
  inputs: Readonly<Record<string, unknown>>,
) {
  const run = startRun(server);
  const found = await run.read(name, recorded);
  const declared = run.checked(name, inputs);
  return Object.keys(declared).filter((key) => JSON.stringify(found?.inputs[key]) !== JSON.stringify(declared[key]));
}

describe("Project and RoutingPolicy", () => {
  test("share the one PUT of a project, and neither erases the other", async () => {
    await using server = await startRouterly();
    const run = startRun(server);
    await run.create("Model", SMALL);
    const declared = { name: "Checkout", slug: "checkout", defaultTimeoutMs: 20_000, launch: { owner: "ada@acme.example" } };
    const project = await run.create("Project", declared);
    expect(project.outputs.slug).toBe("checkout");
    const policies = [
      { type: "health", config: { windowMinutes: 5 } },
      { type: "cheapest", enabled: false },
    ];
    const routing = { project: project.id, models: [{ model: "openai/small", prompt: "Be brief." }], policies };
    const routed = await run.create("RoutingPolicy", routing);
    const renamed = await run.update("Project", project, { ...declared, name: "Checkout AI", defaultTimeoutMs: 15_000 });
    expect(await listed(server, "/api/projects")).toMatchObject([
      {
        id: project.id,
        name: "Checkout AI",
        timeoutMs: 15_000,
        models: [{ modelId: "openai/small", prompt: "Be brief." }],
        policies: [
          { type: "health", enabled: true, config: { windowMinutes: 5 } },
          { type: "cheapest", enabled: false },
        ],
      },
    ]);
    expect(await drift(server, "Project", renamed, { ...declared, name: "Checkout AI", defaultTimeoutMs: 15_000 })).toEqual([]);
    expect(await drift(server, "RoutingPolicy", routed, routing)).toEqual([]);
    await run.update("RoutingPolicy", routed, { ...routing, policies: [{ type: "fairness" }] });
    expect(await listed(server, "/api/projects")).toMatchObject([{ name: "Checkout AI", policies: [{ type: "fairness", enabled: true }] }]);
    await run.remove("RoutingPolicy", routed);
    expect(await listed(server, "/api/projects")).toMatchObject([{ name: "Checkout AI", timeoutMs: 15_000, models: [], policies: [] }]);
    await run.remove("Project", project);
    expect(await listed(server, "/api/projects")).toEqual([]);
  });

  test("R-30 leaves no token behind that nobody holds the secret of", async () => {
    await using server = await startRouterly();
    const project = await startRun(server).create("Project", { name: "P" });
    expect(await listed(server, "/api/projects")).toMatchObject([{ id: project.id, tokens: [] }]);
  });

  test("R-43 an existing project of the name, in any case, is not taken over unless it is said", async () => {
    await using server = await startRouterly();
    const { body } = await server.api("POST", "/api/projects", { name: "Checkout" });
    await expect(startRun(server).create("Project", { name: "CHECKOUT" })).rejects.toThrow(AlreadyExists);
    await expect(startRun(server).create("Project", { name: "Checkout", slug: "c" })).rejects.toThrow(/adopt: ifExists/);
    const adopted = await startRun(server).create("Project", { name: "Checkout", slug: "c", adopt: "ifExists" });
    expect(adopted).toMatchObject({ id: body.id, outputs: { adopted: true } });
    await startRun(server).remove("Project", adopted);
    expect(await listed(server, "/api/projects")).toHaveLength(1);
  });

  test("the key of an embedding service is sent, kept over changes, and in no state", async () => {
    await using server = await startRouterly();
    const run = startRun(server, { GATEHOUSE_EMBED: "embed-secret" });
    const project = await run.create("Project", { name: "P" });
    const config = { embedding_provider: "openai", embedding_model: "e", intents: { buy: { examples: ["x"], candidate_models: ["m"] } } };
    const intent = { type: "semantic-intent", config, embeddingApiKey: { env: "GATEHOUSE_EMBED", version: 1 } };
    const routing = { project: project.id, policies: [intent] };
    const routed = await run.create("RoutingPolicy", routing);
    const keyAt = async () => (await firstOf(server, "/api/projects")).policies as { config: { embedding_api_key?: string } }[];
    expect((await keyAt())[0]?.config.embedding_api_key).toBe("embed-secret");
    expect(JSON.stringify(routed)).not.toContain("embed-secret");
    expect(await drift(server, "RoutingPolicy", routed, routing)).toEqual([]);
    await run.update("Project", project, { name: "Q" });
    expect((await keyAt())[0]?.config.embedding_api_key).toBe("embed-secret");
  });
});

describe("Model", () => {
  test("is created whole, changes field by field, and is replaced by a new identifier", async () => {
    await using server = await startRouterly();
    const run = startRun(server, { GATEHOUSE_KEY: "provider-secret" });
    const declared = {
      ...SMALL,
      name: "Small",
      apiKey: { env: "GATEHOUSE_KEY", version: 1 },
      cacheReadUsdPerMillionTokens: 0.03,
      pricingTiers: [{ aboveContextTokens: 200_000, inputUsdPerMillionTokens: 0.5, outputUsdPerMillionTokens: 4 }],
      contextWindow: 400_000,
      capabilities: ["vision", "functionCalling"],
      limits: [LIMIT],
    };
    const model = await run.create("Model", declared);
    expect(model.id).toBe("openai/small");
    expect(JSON.stringify(model)).not.toContain("provider-secret");
    expect(await listed(server, "/api/models")).toEqual([
      {
        id: "openai/small",
        name: "Small",
        provider: "openai",
        endpoint: "https://api.openai.com/v1",
        cost: {
          inputPerMillion: 0.25,
          outputPerMillion: 2,
          cachePerMillion: 0.03,
          pricingTiers: [{ metric: "context_tokens", above: 200_000, inputPerMillion: 0.5, outputPerMillion: 4 }],
        },
        contextWindow: 400_000,
        capabilities: { thinking: false, vision: true, functionCalling: true, json: false, embedding: false },
        limits: [{ metric: "total_tokens", windowType: "rolling", rollingAmount: 2, rollingUnit: "hour", value: 500 }],
      },
    ]);
    expect(await drift(server, "Model", model, declared)).toEqual([]);
    const { cacheReadUsdPerMillionTokens: _cache, limits: _limits, pricingTiers: _tiers, contextWindow: _window, ...less } = declared;
    const changed = await run.update("Model", model, { ...less, inputUsdPerMillionTokens: 0.3, capabilities: ["json"] });
    const now = await firstOf(server, "/api/models");
    expect(now).toMatchObject({
      cost: { inputPerMillion: 0.3, outputPerMillion: 2 },
      endpoint: "https://api.openai.com/v1",
      name: "Small",
    });
    expect([now.limits, (now.cost as Body).cachePerMillion, (now.cost as Body).pricingTiers]).toEqual([undefined, undefined, undefined]);
    expect((now.capabilities as Record<string, boolean>).json).toBe(true);
    expect((await server.api("GET", "/api/models/openai%2Fsmall/apikey")).body.apiKey).toBe("provider-secret");
    expect(run.replaces("Model", changed, { ...less, identifier: "openai/other" })).toEqual(["identifier"]);
    await run.remove("Model", changed);
    await run.remove("Model", changed);
    expect(await listed(server, "/api/models")).toEqual([]);
  });

  test("the provider's key is sent again when its version is raised, and only then", async () => {
    await using server = await startRouterly();
    const declared = { ...SMALL, apiKey: { env: "GATEHOUSE_KEY", version: 1 } };
    const model = await startRun(server, { GATEHOUSE_KEY: "one" }).create("Model", declared);
    const keyNow = async () => (await server.api("GET", "/api/models/openai%2Fsmall/apikey")).body.apiKey;
    const kept = await startRun(server).update("Model", model, { ...declared, name: "N" });
    expect(await keyNow()).toBe("one");
    await startRun(server, { GATEHOUSE_KEY: "two" }).update("Model", kept, { ...declared, apiKey: { env: "GATEHOUSE_KEY", version: 2 } });
    expect(await keyNow()).toBe("two");
  });

  test("the provider's key cannot be cleared, and is not said to be", async () => {
    await using server = await startRouterly();
    const run = startRun(server, { GATEHOUSE_KEY: "one" });
    const model = await run.create("Model", { ...SMALL, apiKey: { env: "GATEHOUSE_KEY", version: 1 } });
    const clearing = run.session.objects(run.kind("Model")).update(undefined, model.id, { apiKey: null });
    await expect(clearing).rejects.toThrow(
      /keeps a provider's key until another one is sent.*take it out of the stack, apply, and put it back/s,
    );
    expect((await server.api("GET", "/api/models/openai%2Fsmall/apikey")).body.apiKey).toBe("one");
  });

  test("an existing model is not taken over unless it is said, and then changed to what is declared", async () => {
    await using server = await startRouterly();
    await registerModel(server, "openai/small", { apiKey: "theirs" });
    await expect(startRun(server).create("Model", SMALL)).rejects.toThrow(/adopt: ifExists/);
    await startRun(server).create("Model", { ...SMALL, adopt: "ifExists" });
    expect(await listed(server, "/api/models")).toMatchObject([{ cost: { inputPerMillion: 0.25 } }]);
    expect((await server.api("GET", "/api/models/openai%2Fsmall/apikey")).body.apiKey).toBe("theirs");
  });
});

describe("ApiKey", () => {
  const overrides = [{ model: "openai/small", mode: "replace", limits: [LIMIT] }];

  test("is a token with a label for its name; its secret is kept over every later change", async () => {
    await using server = await startRouterly();
    const run = startRun(server);
    await run.create("Model", SMALL);
    const project = await run.create("Project", { name: "P" });
    await run.create("RoutingPolicy", { project: project.id, models: [{ model: "openai/small" }] });
    const declared = {
      name: "prod",
      project: project.id,
      labels: ["b", "a"],
      limits: overrides,
      owner: "lin@acme.example",
      consumer: "api",
    };
    const key = await run.create("ApiKey", declared);
    expect(key.outputs.token).toMatch(/^sk-rt-[0-9a-f]{64}$/);
    expect(key.outputs).toMatchObject({
      status: "active",
      consumer: "api",
      external: false,
      maskedToken: `${String(key.outputs.token).slice(0, 10)}…`,
    });
    const [token] = (await firstOf(server, "/api/projects")).tokens as Body[];
    expect(token).toMatchObject({
      id: key.id,
      labels: ["gatehouse:prod", "a", "b"],
      models: [{ modelId: "openai/small", limitsMode: "replace", limits: [{ metric: "total_tokens", value: 500 }] }],
    });
    expect(await drift(server, "ApiKey", key, declared)).toEqual([]);
    const changed = await startRun(server).update("ApiKey", key, { ...declared, name: "live", labels: ["c"], limits: [] });
    expect(changed.outputs.token).toBe(key.outputs.token);
    expect((await firstOf(server, "/api/projects")).tokens).toMatchObject([{ labels: ["gatehouse:live", "c"], models: [] }]);
    expect((await chat(server, String(key.outputs.token))).status).toBe(200);
  });

  test("R-22 a raised rotate replaces the token, and the former secret ends", async () => {
    await using server = await startRouterly();
    const run = startRun(server);
    const project = await run.create("Project", { name: "P" });
    const declared = { name: "prod", project: project.id };
    const key = await run.create("ApiKey", declared);
    expect(run.replaces("ApiKey", key, { ...declared, rotate: 1 })).toEqual(["rotate"]);
    await run.remove("ApiKey", key);
    const next = await run.create("ApiKey", { ...declared, rotate: 1 });
    expect(run.replaces("ApiKey", next, declared)).toEqual([]);
    expect((await server.api("GET", "/v1/models", undefined, String(key.outputs.token))).status).toBe(401);
    expect((await server.api("GET", "/v1/models", undefined, String(next.outputs.token))).status).toBe(200);
  });

  test("a token that a lost run left is found by its label", async () => {
    await using server = await startRouterly();
    const run = startRun(server);
    const [one, two] = [await run.create("Project", { name: "P" }), await run.create("Project", { name: "Q" })];
    const left = await server.api("POST", `/api/projects/${one.id}/tokens`, { labels: ["gatehouse:prod"] });
    await expect(run.create("ApiKey", { name: "prod", project: one.id })).rejects.toThrow(AlreadyExists);
    const adopted = await run.create("ApiKey", { name: "prod", project: one.id, labels: ["x"], adopt: "ifExists" });
    expect(adopted).toMatchObject({ id: left.body.tokenInfo.id, outputs: { external: true } });
    expect((await run.create("ApiKey", { name: "prod", project: two.id })).id).not.toBe(adopted.id);
  });

  test("limits that cannot be set leave the token recorded with its secret, and the next run sets them", async () => {
    await using server = await startRouterly();
    const run = startRun(server);
    const project = await run.create("Project", { name: "P" });
    const declared = { name: "prod", project: project.id, limits: overrides };
    const failing = startRun(server);
    const send = failing.session.client.exclusively.bind(failing.session.client);
    failing.session.client.exclusively = (task) =>
      send((inside) =>
        task({
          send: async (method, path, options) =>
            method === "PUT"
              ? { status: 500, body: { message: "down" }, requestId: undefined, headers: {} }
              : inside.send(method, path, options),
        }),
      );
    const failure = await failing.create("ApiKey", declared).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PartialFailure);
    const { recorded } = failure as PartialFailure;
    expect(recorded.outputs.token).toMatch(/^sk-rt-/);
    const whole = await startRun(server).update("ApiKey", recorded, declared);
    expect(whole.outputs.token).toBe(recorded.outputs.token);
    expect((await firstOf(server, "/api/projects")).tokens).toMatchObject([{ models: [{ modelId: "openai/small" }] }]);
  });
});

describe("people", () => {
  const PASSWORDS = { GATEHOUSE_FIRST: "long-enough", GATEHOUSE_SHORT: "short" };
  const lin = { user: "lin@acme.example", role: "operator", initialPassword: { env: "GATEHOUSE_FIRST" } };

  test("users are made with a first password, change roles, and are removed", async () => {
    await using server = await startRouterly();
    const run = startRun(server, PASSWORDS);
    const member = await run.create("OrganizationMember", lin);
    expect(JSON.stringify(member)).not.toContain("long-enough");
    expect((await server.api("POST", "/api/auth/login", { email: "lin@acme.example", password: "long-enough" }, null)).status).toBe(200);
    expect(await drift(server, "OrganizationMember", member, lin)).toEqual([]);
    const changed = await startRun(server).update("OrganizationMember", member, { ...lin, role: "viewer" });
    expect(await listed(server, "/api/users")).toMatchObject([{ roleId: "admin" }, { email: "lin@acme.example", roleId: "viewer" }]);
    await expect(startRun(server, PASSWORDS).create("OrganizationMember", { ...lin, user: "LIN@acme.example" })).rejects.toThrow(
      AlreadyExists,
    );
    await startRun(server).remove("OrganizationMember", changed);
    expect(await listed(server, "/api/users")).toHaveLength(1);
  });

  test("a short password and a role that is none are refused before anything is made", async () => {
    await using server = await startRouterly();
    const run = startRun(server, PASSWORDS);
    const short = { ...lin, initialPassword: { env: "GATEHOUSE_SHORT" } };
    await expect(run.create("OrganizationMember", short)).rejects.toThrow(/fewer than 8/);
    await expect(run.create("OrganizationMember", { ...lin, role: "auditor" })).rejects.toThrow(/There are: admin, operator, viewer/);
    expect(await listed(server, "/api/users")).toHaveLength(1);
  });

  test("R-33 the account that Gatehouse logs in with is adopted as it is, never changed, and released", async () => {
    await using server = await startRouterly();
    const run = startRun(server, { ...PASSWORDS, GATEHOUSE_ADA: server.password });
    const ada = { user: server.email, role: "admin", initialPassword: { env: "GATEHOUSE_ADA" } };
    const adopted = await run.create("OrganizationMember", ada);
    expect(adopted.outputs.adopted).toBe(true);
    await expect(run.update("OrganizationMember", adopted, { ...ada, role: "viewer" })).rejects.toThrow(Refused);
    await run.remove("OrganizationMember", adopted);
    expect(await listed(server, "/api/users")).toHaveLength(1);
  });

  test("roles of one's own", async () => {
    await using server = await startRouterly();
    const run = startRun(server, PASSWORDS);
    const declared = { name: "auditor", permissions: ["report:read", "project:read"] };
    const role = await run.create("Role", declared);
    expect(await drift(server, "Role", role, declared)).toEqual([]);
    const member = await run.create("OrganizationMember", { ...lin, role: "auditor" });
    expect(member.outputs.role).toBe("auditor");
    await run.update("Role", role, { name: "auditor", displayName: "Auditors", permissions: ["report:read"] });
    expect((await listed(server, "/api/roles")).at(-1)).toEqual({ id: "auditor", name: "Auditors", permissions: ["report:read"] });
    await run.remove("Role", role);
    expect(await listed(server, "/api/roles")).toHaveLength(3);
  });

  test("R-31 members of a project are known by e-mail; the own membership is adopted", async () => {
    await using server = await startRouterly();
    const run = startRun(server, PASSWORDS);
    await run.create("OrganizationMember", lin);
    const project = await run.create("Project", { name: "P" });
    const declared = { project: project.id, user: "lin@acme.example", role: "editor" };
    const member = await run.create("ProjectMember", declared);
    expect(await drift(server, "ProjectMember", member, declared)).toEqual([]);
    await run.update("ProjectMember", member, { ...declared, role: "viewer" });
    const own = await run.create("ProjectMember", { project: project.id, user: server.email, role: "viewer" });
    expect(own.outputs.adopted).toBe(true);
    expect((await firstOf(server, "/api/projects")).members).toMatchObject([{ role: "viewer" }, { role: "viewer" }]);
    await run.remove("ProjectMember", member);
    expect((await firstOf(server, "/api/projects")).members).toHaveLength(1);
    await expect(run.create("ProjectMember", { ...declared, user: "nobody@acme.example" })).rejects.toThrow(/is no user/);
  });
});

test("R-55 a channel is changed without touching the others or their secrets", async () => {
  await using server = await startRouterly();
  const theirs = { id: "theirs", provider: "ses", region: "eu", secretAccessKey: "kept" };
  await server.api("PUT", "/api/settings", { notifications: { channels: [theirs] } });
  const run = startRun(server, { GATEHOUSE_HOOK: "hook-secret" });
  const declared = {
    name: "ops",
    event: "budget_exceeded",
    channel: { webhook: "https://hooks.acme.example/x", secret: { env: "GATEHOUSE_HOOK", version: 1 } },
  };
  const alert = await run.create("Alert", declared);
  expect(JSON.stringify(alert)).not.toContain("hook-secret");
  expect(await drift(server, "Alert", alert, declared)).toEqual([]);
  const moved = { ...declared, channel: { ...declared.channel, webhook: "https://hooks.acme.example/y" } };
  await startRun(server).update("Alert", alert, moved);
  const mine = { id: "ops", provider: "webhook", url: "https://hooks.acme.example/y", method: "POST", secret: "hook-secret" };
  expect((await server.api("GET", "/api/settings")).body.notifications.channels).toEqual([theirs, mine]);
  const mail = {
    name: "mail",
    event: "budget_exceeded",
    channel: { provider: "smtp", fromAddress: "a@acme.example", host: "mail.acme.example", port: 465 },
  };
  await run.create("Alert", mail);
  expect((await server.api("GET", "/api/settings")).body.notifications.channels[2]).toMatchObject({
    provider: "smtp",
    secure: true,
    port: 465,
  });
  await run.remove("Alert", alert);
  expect((await server.api("GET", "/api/settings")).body.notifications.channels).toMatchObject([{ id: "theirs" }, { id: "mail" }]);
});

describe("a channel that was there before", () => {
  const SMTP = { provider: "smtp", fromAddress: "a@acme.example", host: "mail.acme.example", port: 587, secure: true };
  const TUNED = { id: "ops", name: "Operations", ...SMTP, fromName: "Ops", username: "mailer", password: "kept", pool: 3 };
  const HOOK = { id: "ops", provider: "webhook", url: "https://hooks.acme.example/x", method: "GET", secret: "kept" };

  async function adopted(there: Record<string, unknown>, channel: Record<string, unknown>) {
    await using server = await startRouterly();
    await server.api("PUT", "/api/settings", { notifications: { channels: [there] } });
    const run = startRun(server, { GATEHOUSE_NEW: "new-secret" });
    await run.create("Alert", { name: "ops", event: "budget_exceeded", adopt: "ifExists", channel });
    return (await server.api("GET", "/api/settings")).body.notifications.channels;
  }

  test("keeps what a person set and nobody declared", async () => {
    const moved = { provider: "smtp", host: "mx.acme.example" };
    expect(await adopted(TUNED, moved)).toEqual([{ ...TUNED, host: "mx.acme.example" }]);
    const { username: _username, ...without } = TUNED;
    expect(await adopted(without, moved)).toEqual([{ ...without, host: "mx.acme.example" }]);
    const webhook = "https://hooks.acme.example/y";
    expect(await adopted(HOOK, { webhook })).toEqual([{ ...HOOK, url: webhook }]);
    const { method: _method, ...unsaid } = HOOK;
    expect(await adopted(unsaid, { webhook })).toEqual([{ ...unsaid, url: webhook }]);
  });

  test("gets the sender as its user with the first password, as a new one does", async () => {
    const open = { id: "ops", ...SMTP };
    expect(await adopted(open, { provider: "smtp", secret: { env: "GATEHOUSE_NEW", version: 1 } })).toEqual([
      { ...open, password: "new-secret", username: "a@acme.example" },
    ]);
  });

  test("takes to another provider only what both have", async () => {
    expect(await adopted(TUNED, { provider: "sendgrid", secret: { env: "GATEHOUSE_NEW", version: 1 } })).toEqual([
      {
        id: "ops",
        name: "Operations",
        provider: "sendgrid",
        fromAddress: "a@acme.example",
        fromName: "Ops",
        apiKey: "new-secret",
        pool: 3,
      },
    ]);
    expect(await adopted(HOOK, { ...SMTP, secure: undefined })).toEqual([
      { id: "ops", ...SMTP, secure: false, password: "kept", username: "a@acme.example" },
    ]);
  });
});

test("a declared member of a channel that leaves the declaration leaves the channel", async () => {
  await using server = await startRouterly();
  const run = startRun(server);
  const smtp = { provider: "smtp", fromAddress: "a@acme.example", host: "mail.acme.example", port: 465 };
  const declared = { name: "ops", event: "budget_exceeded", channel: { ...smtp, fromName: "Ops", secure: false } };
  const alert = await run.create("Alert", declared);
  await run.update("Alert", alert, { ...declared, channel: smtp });
  expect((await server.api("GET", "/api/settings")).body.notifications.channels).toEqual([{ id: "ops", ...smtp, secure: true }]);
});

describe("what is refused without the network", () => {
  const run = runOf(new Session({ name: "main", system: "routerly", url: "http://127.0.0.1:1" }, {}));
  const key = { name: "k", project: "p" };

  test.each([
    ["ApiKey", { ...key, monthlyUsd: 5 }, /monthlyUsd: Routerly has no monthlyUsd on a ApiKey: limits of the metric cost are the nearest/],
    ["ApiKey", { ...key, rates: { requestsPerMinute: 3 } }, /Routerly has no rates.requestsPerMinute on a ApiKey/],
    ["ApiKey", { name: "k" }, /project: is missing, and Routerly needs it/],
    ["ApiKey", { ...key, labels: ["gatehouse:x"] }, /labels: gatehouse:x begins with gatehouse:/],
    ["Project", { name: "P", status: "archived" }, /Routerly has no status on a Project/],
    ["Project", { name: " P" }, /name: begins or ends with a space/],
    ["Model", { ...SMALL, project: "p" }, /Routerly has no project on a Model: models are registered for all projects/],
    ["Model", { ...SMALL, credential: "openai" }, /Routerly has no credential on a Model: .* apiKey: \{ env: GATEHOUSE_…, version: 1 \}/],
    ["Model", { ...SMALL, provider: "mistral" }, /provider: is one that Routerly has no adapter for.*custom/],
    ["Model", { ...SMALL, provider: "openai-oauth" }, /provider: is one that Routerly has no adapter for/],
    ["Model", { ...SMALL, provider: "anthropic-oauth" }, /provider: is one that Routerly has no adapter for/],
    ["Model", { ...SMALL, limits: [{ ...LIMIT, period: "daily" }] }, /limits\.0\.period: is read in a window of the type period only/],
    [
      "Model",
      { ...SMALL, limits: [{ ...DAILY, rollingUnit: "hour" }] },
      /limits\.0\.rollingUnit: is read in a window of the type rolling only/,
    ],
    [
      "ApiKey",
      { ...key, limits: [{ model: "m", mode: "replace" }] },
      /limits\.0\.limits: is missing, and mode replace does nothing without/,
    ],
    ["ApiKey", { ...key, limits: [{ model: "m", limits: [] }] }, /limits\.0\.limits: is missing, and mode replace does nothing without/],
    ["ApiKey", { ...key, limits: [{ model: "m", mode: "extend" }] }, /limits\.0\.limits: is missing, and mode extend does nothing without/],
    ["ApiKey", { ...key, limits: [{ model: "m", mode: "disable", limits: [DAILY] }] }, /limits\.0\.limits: has no effect/],
    [
      "ApiKey",
      {
        ...key,
        limits: [
          { model: "m", limits: [DAILY] },
          { model: "m", mode: "disable" },
        ],
      },
      /limits\.1\.model: m has limits already: write all of them in one entry/,
    ],
    ["ApiKey", { ...key, limits: [{ model: "m", limits: [{ ...LIMIT, period: "daily" }] }] }, /limits\.0\.limits\.0\.period: is read in/],
    ["RoutingPolicy", { project: "p", models: [{ model: "m" }, { model: "n" }, { model: "m" }] }, /models\.2\.model: m is there already/],
    ["Model", { ...SMALL, provider: "custom" }, /endpoint: is missing/],
    ["Model", { ...SMALL, identifier: ".." }, /identifier: is a step of a path/],
    ["Model", { ...SMALL, identifier: "x".repeat(101) }, /identifier: /],
    ["Model", { identifier: "m", provider: "openai" }, /inputUsdPerMillionTokens: is missing/],
    ["RoutingPolicy", { project: "p", policies: [{ type: "llm" }] }, /policies.0.config.routingModelId: is missing/],
    ["RoutingPolicy", { project: "p", policies: [{ type: "luck" }] }, /luck is no policy of Routerly/],
    ["RoutingPolicy", { project: "p", strategy: "fallback" }, /Routerly has no strategy on a RoutingPolicy/],
    ["RoutingPolicy", { policies: [{ type: "health" }] }, /project: is missing/],
    ["OrganizationMember", { user: "a@acme.example", role: "owner" }, /Routerly has no role owner: it has admin, operator, viewer/],
    ["OrganizationMember", { user: "a@acme.example", role: "admin" }, /initialPassword: is missing/],
    ["Role", { name: "operator", permissions: [] }, /operator is built into Routerly/],
    ["Role", { name: "r", permissions: ["models:write"] }, /does not know models:write: it has project:read/],
    ["ProjectMember", { project: "p", user: "a@acme.example", role: "owner" }, /does not know owner: it has viewer, editor, admin/],
    ["Alert", { name: "a", event: "x", channel: { email: "a@acme.example" } }, /Routerly has no channel.email on a Alert/],
    [
      "Alert",
      { name: "a", event: "x", channel: { provider: "smtp", webhook: "https://hooks.acme.example" } },
      /channel\.host: is missing.*smtp needs fromAddress, host, port.*channel\.webhook: is nothing that .* smtp reads.*name another provider/s,
    ],
    [
      "Alert",
      { name: "a", event: "x", channel: { host: "mail.acme.example" } },
      /channel\.host: is nothing that .* provider webhook reads/,
    ],
    [
      "Alert",
      { name: "a", event: "x", channel: { provider: "google", fromAddress: "a@acme.example" } },
      /channel\.refreshToken: is missing/,
    ],
    ["Budget", { name: "b", amountUsd: 1, period: "day" }, /Routerly has no budgets of projects/],
    ["ProviderCredential", { name: "o", provider: "openai", value: "x" }, /keeps the provider's key with each model/],
    ["Environment", { project: "p", name: "e" }, /Routerly has no environments: make a project for each/],
    ["RoutingTier", { project: "p", tier: "simple", model: "m" }, /has no tiers: the intents of a policy/],
  ] as const)("%s %j", (name, inputs, expected) => {
    expect(run.problems(name, inputs).join("\n")).toMatch(expected);
  });

  const INTENTS = { buy: { examples: ["x"], candidate_models: ["m"] } };
  const SEMANTIC = { embedding_provider: "openai", embedding_model: "e", intents: INTENTS };

  test.each([
    ["health", { windowMinutez: 5 }, "windowMinutez: is no setting of a policy of type health: it has windowMinutes, halfLifeMinutes, "],
    ["health", { halfLifeMinutes: "x" }, "halfLifeMinutes: must be of type number"],
    ["health", { circuitBreaker: 1.5 }, "circuitBreaker: must be <= 1"],
    ["performance", { minSamples: 1.5 }, "minSamples: must be a whole number"],
    ["rate-limit", { maxCallsPerWindow: "many" }, "maxCallsPerWindow: must be a whole number"],
    ["fairness", { windowMinutes: 0 }, "windowMinutes: must be > 0"],
    ["cheapest", { windowMinutes: 5 }, "windowMinutes: is no setting of a policy of type cheapest: it has none"],
    ["llm", { fallbackModelIds: ["m"] }, "routingModelId: is missing"],
    ["llm", { routingModelId: "m", autoRouting: "false" }, "autoRouting: must be of type boolean"],
    ["llm", { routingModelId: "m", maxCompletionTokens: 10 }, "maxCompletionTokens: must be >= 50"],
    ["llm", { routingModelId: "m", cache: { ttlSeconds: 5 } }, "cache.ttlSeconds: is not a property of this policy"],
    ["llm", { routingModelId: "m", cache: { embedding_provider: "cohere" } }, "cache.embedding_provider: must be one of openai, ollama"],
    ["semantic-intent", { ...SEMANTIC, embedding_provider: "cohere" }, "embedding_provider: must be one of openai, ollama"],
    ["semantic-intent", { ...SEMANTIC, intents: "none" }, "intents: must be of type object"],
    ["semantic-intent", { ...SEMANTIC, intents: { buy: { examples: ["x"] } } }, "intents.buy.candidate_models: is missing"],
  ])("settings of a policy %s %j", (type, config, expected) => {
    const problems = run.problems("RoutingPolicy", { project: "p", policies: [{ type: "context" }, { type, config }] });
    expect(problems).toEqual([expect.stringContaining(`policies.1.config.${expected}`)]);
  });

  test("every setting that the system reads is accepted, and a key where something embeds", () => {
    const embeddingApiKey = { env: "GATEHOUSE_EMBED" };
    const embedding = { embedding_fallback_models: ["f"], embedding_endpoint: "https://api.openai.com/v1" };
    const cache = {
      enabled: true,
      ...embedding,
      embedding_model: "e",
      embedding_provider: "ollama",
      ttl_seconds: 60,
      extend_on_hit: true,
      similarity_threshold: 0.9,
    };
    const answer = {
      autoRouting: false,
      additionalPromptInfo: "",
      thinking: true,
      includeReason: true,
      maxCompletionTokens: 50,
      maxUserMessageChars: 100,
    };
    const llm = { routingModelId: "m", fallbackModelIds: ["n"], ...answer, memory: true, memoryCount: 3, cache };
    const policies = [
      { type: "health", config: { windowMinutes: 20, halfLifeMinutes: 0, pseudoCounts: 2, circuitBreaker: 0.9 } },
      { type: "performance", config: { windowMinutes: 20, halfLifeMinutes: 5, minSamples: 1 } },
      { type: "rate-limit", config: { windowMinutes: 1, maxCallsPerWindow: 100 } },
      { type: "fairness", config: { windowMinutes: 60 } },
      { type: "llm", config: llm, embeddingApiKey },
      {
        type: "semantic-intent",
        config: { ...SEMANTIC, ...embedding, absolute_threshold: 0.6, ambiguity_threshold: 0.08, fallback_policy: "x" },
        embeddingApiKey,
      },
      ...["context", "cheapest", "capability", "budget-remaining"].map((type) => ({ type, config: {} })),
    ];
    expect(run.problems("RoutingPolicy", { project: "p", policies })).toEqual([]);
    const unread = { type: "llm", config: { routingModelId: "m" }, embeddingApiKey };
    expect(run.problems("RoutingPolicy", { project: "p", policies: [unread] }).join()).toMatch(
      /policies\.0\.embeddingApiKey: has no use here/,
    );
  });

  test("a key of an embedding service in clear is refused, also in the cache of llm", () => {
    const clear = { type: "llm", config: { routingModelId: "m", cache: { embedding_api_key: "x" } } };
    expect(run.problems("RoutingPolicy", { project: "p", policies: [clear] }).join()).toMatch(/holds a key in clear/);
  });
});

describe("sessions", () => {
  const credentials = { email: { env: "GATEHOUSE_ROUTERLY_EMAIL" }, password: { env: "GATEHOUSE_ROUTERLY_PASSWORD" } };

  test("R-53 one login serves a run, and a session that ran out is renewed by another one", async () => {
    let now = Date.now();
    await using server = await startRouterly({ now: () => new Date(now) });
    const hashes = new Set<unknown>();
    const noted = async () =>
      hashes.add(((await server.api("GET", "/api/users", undefined, await fresh())).body as Body[])[0]?.refreshTokenHash);
    const other = { email: "b@acme.example", password: "x" };
    await server.api("POST", "/api/users", { ...other, roleId: "admin" });
    const fresh = async () => (await server.api("POST", "/api/auth/login", other, null)).body.token as string;
    const run = startRun(server);
    for (const identifier of ["a", "b", "c"]) {
      await run.create("Model", { ...SMALL, identifier });
      await noted();
    }
    expect(hashes.size).toBe(1);
    now += 61 * 60_000;
    await run.create("Model", { ...SMALL, identifier: "d" });
    await noted();
    expect(hashes.size).toBe(2);
  });

  test("a session token is used as it is, and a wrong login says what to look at", async () => {
    await using server = await startRouterly();
    const settings = { name: "main", system: "routerly", url: server.url };
    const token = new Session({ ...settings, credentials: { token: { env: "GATEHOUSE_TOKEN" } } }, { GATEHOUSE_TOKEN: server.token });
    const identity = await token.adapter.identify(token.client);
    expect(identity).toEqual({
      organizationId: (await server.api("GET", "/api/me")).body.id,
      organizationName: "Routerly",
      actor: server.email,
    });
    const spent = new Session({ ...settings, credentials: { token: { env: "GATEHOUSE_TOKEN" } } }, { GATEHOUSE_TOKEN: "a.b" });
    await expect(spent.adapter.identify(spent.client)).rejects.toThrow(Unauthorized);
    const names = { GATEHOUSE_ROUTERLY_EMAIL: server.email, GATEHOUSE_ROUTERLY_PASSWORD: "wrong-password" };
    const wrong = new Session({ ...settings, credentials }, names);
    await expect(wrong.adapter.identify(wrong.client)).rejects.toThrow(/e-mail address or the password is wrong/);
    await expect(wrong.adapter.identify(wrong.client)).rejects.not.toThrow(/wrong-password/);
  });

  test("a read-only run logs in and writes nothing", async () => {
    await using server = await startRouterly();
    const run = startRun(server, { GATEHOUSE_READ_ONLY: "1" });
    expect((await run.session.adapter.identify(run.session.client)).actor).toBe(server.email);
    await expect(run.create("Project", { name: "P" })).rejects.toThrow(/read-only run/);
  });

  test.each(["0.4.0", "0.2.1", "0.2.0-dev"])("another version than 0.2.0, such as %s, needs an opt-in that names it", async (version) => {
    await using server = await startVersion(version);
    const settings = { name: "main", system: "routerly", url: server.url, credentials: { token: { env: "GATEHOUSE_TOKEN" } } };
    const session = (environment: Record<string, string>) => new Session(settings, { GATEHOUSE_TOKEN: "a.b", ...environment });
    const refused = session({});
    await expect(refused.adapter.identify(refused.client)).rejects.toThrow(InvalidInput);
    await expect(refused.adapter.identify(refused.client)).rejects.toThrow(`is Routerly ${version}, and`);
    await expect(refused.adapter.identify(refused.client)).rejects.toThrow(`GATEHOUSE_ROUTERLY_VERSION=${version} in`);
    expect(server.asked).toEqual(["/health", "/health", "/health"]);
    const tried = session({ GATEHOUSE_ROUTERLY_VERSION: version });
    await tried.adapter.identify(tried.client).catch(() => {});
    expect(server.asked).toContain("/api/me");
  });
});

/** A server that answers its version to everything. */
async function startVersion(version: string) {
  const { createServer } = await import("node:http");
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.setHeader("content-type", "application/json").end(JSON.stringify({ version }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
