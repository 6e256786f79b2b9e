import { describe, expect, test } from "vitest";
import { makeProject, registerModel, startRouterly } from "../support/routerly.js";
import { type ApiAnswer, startTestServer } from "../support/start-server.js";

describe("the first administrator and sessions", () => {
  test("the start makes one who can log in with the bootstrap token as password", async () => {
    await using server = await startTestServer({ profile: "routerly", bootstrapEmail: "root@acme.example" });
    const login = await server.api("POST", "/api/auth/login", { email: "root@acme.example", password: server.token }, null);
    expect(login.status).toBe(200);
    expect(login.body.user).toMatchObject({ email: "root@acme.example", role: "admin" });
    const late = await server.api("POST", "/api/setup/first-admin", { email: "eve@acme.example", password: "x" }, null);
    expect([late.status, late.body]).toEqual([403, { error: "Setup already completed" }]);
  });

  test("while nobody has logged in, setup makes one in its place, once", async () => {
    await using server = await startTestServer({ profile: "routerly" });
    expect((await server.api("GET", "/api/setup/status", undefined, null)).body).toEqual({ needsSetup: true });
    const made = await server.api("POST", "/api/setup/first-admin", { email: "ada@acme.example", password: "x" }, null);
    expect(made.status).toBe(201);
    expect(made.body).toEqual({ token: expect.any(String), user: { id: expect.any(String), email: "ada@acme.example", role: "admin" } });
    expect((await server.api("GET", "/api/setup/status", undefined, null)).body).toEqual({ needsSetup: false });
    expect((await server.api("POST", "/api/setup/first-admin", { email: "b@acme.example", password: "x" }, null)).status).toBe(403);
    const users = await server.api("GET", "/api/users", undefined, made.body.token);
    expect(users.body.map((user: { email: string }) => user.email)).toEqual(["ada@acme.example"]);
  });

  test("a login answers token, refresh token and user; a wrong password 401; none 500; a query makes the path another one", async () => {
    await using server = await startRouterly();
    const { email, password } = server;
    const login = await server.api("POST", "/api/auth/login", { email, password }, null);
    expect(login.body.refreshToken).toMatch(/^[0-9a-f]{80}$/);
    expect(login.body.token.split(".")).toHaveLength(2);
    expect(login.body.user.permissions).toContain("user:write");
    const wrong = await server.api("POST", "/api/auth/login", { email, password: "no" }, null);
    expect([wrong.status, wrong.body]).toEqual([401, { error: "Invalid credentials" }]);
    expect((await server.api("POST", "/api/auth/login", { email }, null)).status).toBe(500);
    expect((await server.api("POST", "/api/auth/login?x=1", { email, password }, null)).status).toBe(401);
    expect((await server.api("GET", "/api/system/info?x=1", undefined, null)).status).toBe(401);
    expect((await server.api("GET", "/api/me", undefined, null, { authorization: `bearer ${login.body.token}` })).status).toBe(401);
  });

  test("R-52 a refresh token works once, and each login ends the former; access tokens stay valid", async () => {
    await using server = await startRouterly();
    const login = () => server.api("POST", "/api/auth/login", { email: server.email, password: server.password }, null);
    const refresh = (refreshToken: string) => server.api("POST", "/api/auth/refresh", { refreshToken }, null);
    const first = (await login()).body;
    const second = (await login()).body;
    expect((await refresh(first.refreshToken)).status).toBe(401);
    const rotated = await refresh(second.refreshToken);
    expect(rotated.status).toBe(200);
    expect((await refresh(second.refreshToken)).status).toBe(401);
    expect((await server.api("GET", "/api/me", undefined, first.token)).status).toBe(200);
    expect((await server.api("GET", "/api/users")).body[0].refreshTokenHash).toEqual(expect.any(String));
  });

  test("R-53 a session token lives one hour", async () => {
    let now = Date.parse("2026-11-21T10:00:00Z");
    await using server = await startRouterly({ now: () => new Date(now) });
    now += 59 * 60_000;
    expect((await server.api("GET", "/api/me")).status).toBe(200);
    now += 2 * 60_000;
    const late = await server.api("GET", "/api/me");
    expect([late.status, late.body]).toEqual([401, { error: "Unauthorized" }]);
  });

  test("health says version 0.2.0", async () => {
    await using server = await startRouterly();
    const health = await server.api("GET", "/health", undefined, null);
    expect(health.body).toEqual({ status: "ok", version: "0.2.0", timestamp: expect.any(String) });
  });
});

describe("refusals", () => {
  test("a route that is none answers another 404 than an object that is gone, also without a token", async () => {
    await using server = await startRouterly();
    const route = await server.api("GET", "/api/nothing", undefined, null);
    expect([route.status, route.body]).toEqual([404, { error: "not_found", message: "Route GET:/api/nothing not found" }]);
    const object = await server.api("DELETE", "/api/models/none");
    expect([object.status, object.body]).toEqual([404, { error: "Not found" }]);
    expect((await server.api("GET", "/api/projects/some-id")).body.error).toBe("not_found");
    expect((await server.api("PATCH", "/api/projects/some-id", {})).body.error).toBe("not_found");
  });

  test("a missing permission is named, and any login reads models and projects", async () => {
    await using server = await startRouterly();
    await server.api("POST", "/api/users", { email: "v@acme.example", password: "x", roleId: "viewer" });
    const viewer = (await server.api("POST", "/api/auth/login", { email: "v@acme.example", password: "x" }, null)).body.token;
    const refused = await server.api("POST", "/api/models", {}, viewer);
    expect([refused.status, refused.body]).toEqual([403, { error: "Forbidden", message: "Required permission: model:write" }]);
    expect((await server.api("GET", "/api/models", undefined, viewer)).status).toBe(200);
    expect((await server.api("GET", "/api/projects", undefined, viewer)).status).toBe(200);
    expect((await server.api("GET", "/api/settings", undefined, viewer)).status).toBe(403);
  });

  test("R-38 the permission user:write is enough to become admin", async () => {
    await using server = await startRouterly();
    await server.api("POST", "/api/roles", { id: "clerk", name: "Clerk", permissions: ["user:write", "user:read"] });
    const made = await server.api("POST", "/api/users", { email: "c@acme.example", password: "x", roleId: "clerk" });
    const clerk = (await server.api("POST", "/api/auth/login", { email: "c@acme.example", password: "x" }, null)).body.token;
    expect((await server.api("PUT", `/api/users/${made.body.id}`, { roleId: "admin" }, clerk)).status).toBe(200);
  });

  test("broken and missing bodies are the framework's: 400 with its code, 500 where a field is taken for granted", async () => {
    await using server = await startRouterly();
    const broken = await server.api("POST", "/api/models", "{");
    expect([broken.status, broken.body.code]).toEqual([400, "FST_ERR_CTP_INVALID_JSON_BODY"]);
    const empty = await server.api("DELETE", "/api/models/x", undefined, server.token, { "content-type": "application/json" });
    expect([empty.status, empty.body.code]).toEqual([400, "FST_ERR_CTP_EMPTY_JSON_BODY"]);
    const missing = await server.api("POST", "/api/projects");
    expect([missing.status, missing.body.statusCode]).toEqual([500, 500]);
    expect((await server.api("POST", "/api/projects", {})).status).toBe(500);
    expect((await server.api("POST", "/api/projects", { name: " " })).status).toBe(400);
  });
});

describe("models", () => {
  test("prices are flat in a request and nested in an answer, and no answer holds a secret", async () => {
    await using server = await startRouterly();
    const made = await registerModel(server, "openai/small", {
      cachePerMillion: 0.1,
      cost: { inputPerMillion: 9 },
      apiKey: "k-1",
      limits: [],
    });
    expect(made.status).toBe(201);
    expect(made.body).toEqual({
      id: "openai/small",
      name: "openai/small",
      provider: "openai",
      endpoint: "https://api.openai.com/v1",
      cost: { inputPerMillion: 1, outputPerMillion: 2, cachePerMillion: 0.1 },
    });
    expect((await server.api("GET", "/api/models/openai%2Fsmall/apikey")).body).toEqual({ apiKey: "k-1" });
    expect((await registerModel(server, "openai/small")).status).toBe(409);
    expect((await registerModel(server, "OPENAI/small")).status).toBe(201);
  });

  test("a PUT removes prices and limits that it leaves out, and keeps name, window, capabilities and key", async () => {
    await using server = await startRouterly();
    await registerModel(server, "m", {
      name: "M",
      apiKey: "k-1",
      contextWindow: 1000,
      capabilities: { vision: true },
      upstreamModelId: "u",
      cachePerMillion: 0.5,
      limits: [{ metric: "calls", windowType: "period", value: 3 }],
    });
    const changed = await server.api("PUT", "/api/models/m", { provider: "openai" });
    expect(changed.body).toEqual({
      id: "m",
      name: "M",
      provider: "openai",
      cost: {},
      contextWindow: 1000,
      capabilities: { vision: true },
      upstreamModelId: "u",
    });
    expect((await server.api("PUT", "/api/models/m", { upstreamModelId: "", apiKey: "" })).body.upstreamModelId).toBeUndefined();
    expect((await server.api("GET", "/api/models/m/apikey")).body).toEqual({ apiKey: "k-1" });
  });

  test("R-35 a new id is followed by projects and tokens, not by policies", async () => {
    await using server = await startRouterly();
    await registerModel(server, "old");
    const policies = [{ type: "llm", enabled: true, config: { routingModelId: "old" } }];
    const project = await makeProject(server, "P", ["old"], { policies });
    await server.api("PUT", `/api/projects/${project.id}/tokens/${project.tokenId}`, { models: [{ modelId: "old" }] });
    await server.api("PUT", "/api/models/old", { id: "new", provider: "openai" });
    const [listed] = (await server.api("GET", "/api/projects")).body;
    expect([listed.models[0].modelId, listed.tokens[0].models[0].modelId]).toEqual(["new", "new"]);
    expect(listed.policies[0].config.routingModelId).toBe("old");
  });

  test("R-44 a model without id is accepted and cannot be removed; ids above 100 characters are out of reach", async () => {
    await using server = await startRouterly();
    expect((await server.api("POST", "/api/models", {})).status).toBe(201);
    expect((await server.api("DELETE", "/api/models/undefined")).status).toBe(404);
    const long = "x".repeat(101);
    expect((await registerModel(server, long)).status).toBe(201);
    const refused = await server.api("DELETE", `/api/models/${long}`);
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(refused.body.error).not.toBe("Not found");
    expect((await server.api("GET", "/api/models")).body.map((model: { id: string }) => model.id)).toContain(long);
    expect((await registerModel(server, "x".repeat(100))).status).toBe(201);
    expect((await server.api("DELETE", `/api/models/${"x".repeat(100)}`)).status).toBe(204);
  });

  test("R-43 model ids are told apart by case, and so are e-mail addresses and role ids", async () => {
    await using server = await startRouterly();
    expect((await registerModel(server, "a")).status).toBe(201);
    expect((await registerModel(server, "A")).status).toBe(201);
    expect((await server.api("POST", "/api/users", { email: "ADA@acme.example", password: "x" })).status).toBe(201);
    expect((await server.api("POST", "/api/roles", { id: "Admin", name: "x" })).status).toBe(201);
  });
});

describe("projects", () => {
  test("R-30 a project comes with a token and its creator as admin, and shows the secret at the top and in the token", async () => {
    await using server = await startRouterly();
    const made = await server.api("POST", "/api/projects", { name: " Checkout ", slug: "checkout", description: "d" });
    expect(made.status).toBe(201);
    expect(made.body.name).toBe("Checkout");
    expect(made.body.token).toMatch(/^sk-rt-[0-9a-f]{64}$/);
    expect(made.body.tokens).toHaveLength(1);
    expect(made.body.tokens[0]).toMatchObject({ token: made.body.token, tokenSnippet: made.body.token.slice(0, 10) });
    const me = (await server.api("GET", "/api/me")).body;
    expect(made.body.members).toEqual([{ userId: me.id, role: "admin" }]);
    const [listed] = (await server.api("GET", "/api/projects")).body;
    expect(listed.tokens[0].token).toBeUndefined();
    expect(listed.token).toBeUndefined();
    expect(listed).toMatchObject({ timeoutMs: 30000, autoRouting: true, models: [] });
  });

  test("R-03 R-04 R-05 R-07 the name can be changed; slug, description and a budget are taken for nothing, a timeout is only kept", async () => {
    await using server = await startRouterly();
    const { id } = await makeProject(server, "Old", []);
    const body = { name: "New", models: [], slug: "s", description: "d", dailyBudget: 5, budget: 5, timeoutMs: 5 };
    const changed = await server.api("PUT", `/api/projects/${id}`, body);
    expect(changed.status).toBe(200);
    expect(Object.keys(changed.body).toSorted()).toEqual(["autoRouting", "id", "members", "models", "name", "timeoutMs", "tokens"]);
    expect(changed.body).toMatchObject({ id, name: "New", timeoutMs: 5 });
  });

  test("R-43 names are compared trimmed and without case", async () => {
    await using server = await startRouterly();
    await makeProject(server, "Checkout", []);
    const other = await makeProject(server, "Search", []);
    expect((await server.api("POST", "/api/projects", { name: " cHECKOUT " })).status).toBe(409);
    expect((await server.api("PUT", `/api/projects/${other.id}`, { name: "checkout", models: [] })).status).toBe(409);
  });

  test("R-11 R-12 a PUT keeps the order of models and policies; what it leaves out stays, and name and models may not be", async () => {
    await using server = await startRouterly();
    const policies = [
      { type: "health", enabled: true, config: { windowMinutes: 5 } },
      { type: "cheapest", enabled: false },
    ];
    const { id } = await makeProject(server, "P", ["a", "b", "a"], { policies });
    const put = (body: Record<string, unknown>) => server.api("PUT", `/api/projects/${id}`, body);
    const turned = await put({ name: "P", models: [{ modelId: "b", prompt: "be brief" }, { modelId: "a", prompt: "" }, "plain"] });
    expect(turned.body.models).toEqual([{ modelId: "b", prompt: "be brief" }, { modelId: "a" }, {}]);
    expect(turned.body.policies).toEqual(policies);
    expect((await put({ name: "P" })).status).toBe(500);
    expect((await put({ models: [] })).status).toBe(500);
    expect((await put({ name: "P", models: [], policies: [] })).body.policies).toEqual([]);
    expect((await server.api("POST", "/api/projects", { name: "Q", policies: null })).status).toBe(500);
  });

  test("R-34 a model in use can be deleted, and leaves its name behind", async () => {
    await using server = await startRouterly();
    await registerModel(server, "gone");
    await makeProject(server, "P", ["gone"]);
    expect((await server.api("DELETE", "/api/models/gone")).status).toBe(204);
    expect((await server.api("GET", "/api/projects")).body[0].models).toEqual([{ modelId: "gone" }]);
  });
});

describe("tokens", () => {
  test("R-14 a creation answers 200 and takes labels only; limits need a PUT", async () => {
    await using server = await startRouterly();
    const { id } = await makeProject(server, "P", []);
    const limits = [{ modelId: "m", limits: [{ metric: "calls", windowType: "period", value: 1 }] }];
    const made = await server.api("POST", `/api/projects/${id}/tokens`, { name: "prod", labels: ["a"], models: limits });
    expect(made.status).toBe(200);
    expect(made.body.token).toMatch(/^sk-rt-[0-9a-f]{64}$/);
    expect(Object.keys(made.body.tokenInfo).toSorted()).toEqual(["createdAt", "id", "labels", "tokenSnippet"]);
    expect((await server.api("POST", `/api/projects/${id}/tokens`)).status).toBe(500);
    expect((await server.api("POST", "/api/projects/none/tokens", {})).body).toEqual({ error: "Project not found" });
    const set = await server.api("PUT", `/api/projects/${id}/tokens/${made.body.tokenInfo.id}`, { models: limits });
    expect(set.body).toMatchObject({ models: limits, labels: ["a"] });
  });

  test("R-15 every PUT of a token, an empty one too, answers its full secret", async () => {
    await using server = await startRouterly();
    const { id, token, tokenId } = await makeProject(server, "P", []);
    const answer = await server.api("PUT", `/api/projects/${id}/tokens/${tokenId}`, {});
    expect([answer.status, answer.body.token]).toEqual([200, token]);
    const missing = await server.api("PUT", `/api/projects/${id}/tokens/none`, {});
    expect([missing.status, missing.body]).toEqual([404, { error: "Token not found" }]);
  });

  test("R-22 there is no call that renews a token; a removed one fails on the next request", async () => {
    await using server = await startRouterly();
    await registerModel(server, "m");
    const { id, token, tokenId } = await makeProject(server, "P", ["m"]);
    expect((await server.api("GET", "/v1/models", undefined, token)).body.data[0].id).toBe("routerly/ada");
    expect((await server.api("POST", `/api/projects/${id}/tokens/${tokenId}/regenerate`, {})).body.error).toBe("not_found");
    expect((await server.api("DELETE", `/api/projects/${id}/tokens/${tokenId}`)).status).toBe(204);
    const late = await server.api("GET", "/v1/models", undefined, token);
    expect([late.status, late.body]).toEqual([401, { error: "unauthorized", message: "Invalid project token." }]);
  });

  test("R-32 the last token and the last project admin may be removed", async () => {
    await using server = await startRouterly();
    const { id, tokenId } = await makeProject(server, "P", []);
    const me = (await server.api("GET", "/api/me")).body.id;
    expect((await server.api("DELETE", `/api/projects/${id}/tokens/${tokenId}`)).status).toBe(204);
    expect((await server.api("DELETE", `/api/projects/${id}/members/${me}`)).status).toBe(204);
    expect((await server.api("GET", "/api/projects")).body[0]).toMatchObject({ tokens: [], members: [] });
  });
});

describe("people", () => {
  test("R-31 adding the creator again gives 409, a PUT takes the membership over and an empty one removes the role", async () => {
    await using server = await startRouterly();
    const { id } = await makeProject(server, "P", []);
    const me = (await server.api("GET", "/api/me")).body.id;
    expect((await server.api("POST", `/api/projects/${id}/members`, { userId: me, role: "viewer" })).status).toBe(409);
    expect((await server.api("PUT", `/api/projects/${id}/members/${me}`, { role: "viewer" })).body).toEqual({ userId: me, role: "viewer" });
    expect((await server.api("PUT", `/api/projects/${id}/members/${me}`, {})).body).toEqual({ userId: me });
    expect((await server.api("POST", `/api/projects/${id}/members`, { userId: "none" })).body).toEqual({ error: "User not found" });
    expect((await server.api("DELETE", `/api/projects/${id}/members/none`)).body).toEqual({ error: "Member not found" });
  });

  test("R-23 R-24 a membership of any role word is kept and gives no access: only the user's own role does", async () => {
    await using server = await startRouterly();
    const { id } = await makeProject(server, "P", []);
    const login = (email: string) => server.api("POST", "/api/auth/login", { email, password: "x" }, null);
    const viewer = (await server.api("POST", "/api/users", { email: "v@acme.example", password: "x" })).body;
    await server.api("POST", "/api/users", { email: "o@acme.example", password: "x", roleId: "operator" });
    expect((await server.api("POST", `/api/projects/${id}/members`, { userId: viewer.id, role: "emperor" })).status).toBe(201);
    await server.api("PUT", `/api/projects/${id}/members/${viewer.id}`, { role: "admin" });
    const write = async (email: string) =>
      (await server.api("PUT", `/api/projects/${id}`, { name: "P", models: [] }, (await login(email)).body.token)).status;
    expect(await write("v@acme.example")).toBe(403);
    expect(await write("o@acme.example")).toBe(200);
  });

  test("R-33 the last admin cannot be deleted or demoted", async () => {
    await using server = await startRouterly();
    const me = (await server.api("GET", "/api/me")).body.id;
    expect((await server.api("DELETE", `/api/users/${me}`)).status).toBe(409);
    expect((await server.api("PUT", `/api/users/${me}`, { roleId: "viewer" })).status).toBe(409);
    await server.api("POST", "/api/users", { email: "b@acme.example", password: "x", roleId: "admin" });
    expect((await server.api("PUT", `/api/users/${me}`, { roleId: "viewer" })).status).toBe(200);
  });

  test("R-39 a role change and a deletion act at once, and a password change ends no session", async () => {
    await using server = await startRouterly();
    const { id } = (await server.api("POST", "/api/users", { email: "u@acme.example", password: "x", roleId: "admin" })).body;
    const user = (await server.api("POST", "/api/auth/login", { email: "u@acme.example", password: "x" }, null)).body.token;
    await server.api("PUT", `/api/users/${id}`, { newPassword: "another-one" });
    expect((await server.api("GET", "/api/settings", undefined, user)).status).toBe(200);
    await server.api("PUT", `/api/users/${id}`, { roleId: "viewer" });
    expect((await server.api("GET", "/api/settings", undefined, user)).status).toBe(403);
    await server.api("DELETE", `/api/users/${id}`);
    expect((await server.api("GET", "/api/me", undefined, user)).status).toBe(401);
  });

  test("users: no invitation, the default role viewer, `role` taken for nothing, a changed password of 8 or more", async () => {
    await using server = await startRouterly();
    const made = await server.api("POST", "/api/users", { email: "u@acme.example", password: "x", role: "admin" });
    expect([made.status, made.body]).toEqual([201, { id: made.body.id, email: "u@acme.example", roleId: "viewer", projectIds: [] }]);
    expect((await server.api("POST", "/api/users", { email: "u@acme.example", password: "x" })).status).toBe(409);
    expect((await server.api("POST", "/api/users", { email: "w@acme.example" })).status).toBe(500);
    expect((await server.api("PUT", `/api/users/${made.body.id}`, { newPassword: "short" })).status).toBe(400);
    expect((await server.api("PUT", `/api/users/${made.body.id}`, { email: "", roleId: "" })).body).toEqual(made.body);
  });

  test("R-36 R-40 built-in roles refuse PUT and DELETE with 403; a role in use can go, and its users may do nothing", async () => {
    await using server = await startRouterly();
    expect((await server.api("GET", "/api/roles")).body.map((role: { id: string }) => role.id)).toEqual(["admin", "operator", "viewer"]);
    expect((await server.api("PUT", "/api/roles/operator", { name: "x" })).status).toBe(403);
    expect((await server.api("DELETE", "/api/roles/viewer")).status).toBe(403);
    expect((await server.api("POST", "/api/roles", { id: "auditor" })).status).toBe(400);
    const made = await server.api("POST", "/api/roles", { id: "auditor", name: "Auditor", permissions: ["report:read", "made:up"] });
    expect([made.status, made.body.permissions]).toEqual([201, ["report:read", "made:up"]]);
    expect((await server.api("POST", "/api/roles", { id: "auditor", name: "x" })).status).toBe(409);
    expect((await server.api("PUT", "/api/roles/auditor", { name: "", permissions: null })).body).toMatchObject({ name: "Auditor" });
    await server.api("POST", "/api/users", { email: "a@acme.example", password: "x", roleId: "auditor" });
    const auditor = (await server.api("POST", "/api/auth/login", { email: "a@acme.example", password: "x" }, null)).body.token;
    expect((await server.api("GET", "/api/usage", undefined, auditor)).status).toBe(200);
    expect((await server.api("DELETE", "/api/roles/auditor")).status).toBe(204);
    expect((await server.api("GET", "/api/usage", undefined, auditor)).status).toBe(403);
  });
});

test("R-55 notification channels are kept whole in the settings, secrets in clear, and only the test call would send", async () => {
  await using server = await startRouterly();
  const channels = [{ id: "ops", provider: "webhook", url: "https://hooks.acme.example/x", secret: "s-1" }];
  const changed = await server.api("PUT", "/api/settings", { notifications: { channels }, port: 1, logLevel: "debug" });
  expect(changed.body).toMatchObject({ notifications: { channels }, logLevel: "debug", port: 3000 });
  expect((await server.api("GET", "/api/settings")).body.notifications).toEqual({ channels });
  const sent = await server.api("POST", "/api/notifications/test", { channelId: "ops", to: "x" });
  expect([sent.status, sent.body.ok]).toEqual([200, false]);
  expect((await server.api("POST", "/api/notifications/test", {})).status).toBe(400);
});

describe("overlapping writes, switched on", () => {
  test("R-45 R-49 of many creations at once some answer 2xx and few are kept; the others answer ELOCKED and were not written", async () => {
    await using server = await startRouterly({ lostWrites: true });
    const names = Array.from({ length: 20 }, (_, index) => `m${index}`);
    const answers = await Promise.all(names.map((id) => registerModel(server, id)));
    const those = (isMeant: (answer: ApiAnswer) => boolean) => names.filter((_name, index) => isMeant(answers[index] as ApiAnswer));
    const done = those(({ status }) => status === 201);
    const locked = those(({ status, body }) => status === 500 && body.code === "ELOCKED");
    expect([...done, ...locked].toSorted()).toEqual(names.toSorted());
    expect(locked).not.toEqual([]);
    const kept = (await server.api("GET", "/api/models")).body.map(({ id }: { id: string }) => id);
    expect(kept).not.toEqual([]);
    expect(kept.filter((id: string) => !done.includes(id))).toEqual([]);
    expect(done.filter((id) => !kept.includes(id))).not.toEqual([]);
  });

  test("R-46 R-50 a read beside a write is torn, or resets the collection to its defaults", async () => {
    await using server = await startRouterly({ lostWrites: true });
    for (const id of ["a", "b", "c"]) await registerModel(server, id);
    const reads = async () => {
      const seen: (number | string)[] = [];
      for (let count = 0; count < 120; count++) {
        const { status, body } = await server.api("GET", "/api/models");
        seen.push(status === 200 ? body.length : body.message);
      }
      return seen;
    };
    const writes = async () => {
      for (let count = 0; count < 5; count++) await registerModel(server, `more-${count}`);
    };
    const [seen] = await Promise.all([reads(), writes()]);
    expect(seen).toContain("Unexpected end of JSON input");
    expect(seen).toContain(0);
    expect((await server.api("GET", "/api/models")).body.length).toBeLessThan(8);
  });

  test("R-47 a reset user list lets anybody set the server up again", async () => {
    await using server = await startRouterly({ lostWrites: true });
    const { email, password } = server;
    const isLost = async () => (await server.api("GET", "/api/setup/status", undefined, null)).body.needsSetup === true;
    let lost = false;
    for (let round = 0; round < 20 && !lost; round++) {
      const login = server.api("POST", "/api/auth/login", { email, password }, null);
      await Promise.all([login, ...Array.from({ length: 12 }, () => server.api("GET", "/api/me"))]);
      const other = server.api("POST", "/api/auth/login", { email, password }, null);
      for (let count = 0; count < 40; count++) await server.api("GET", "/api/me");
      await other;
      lost = await isLost();
    }
    expect(lost).toBe(true);
    expect((await server.api("POST", "/api/setup/first-admin", { email: "eve@acme.example", password: "x" }, null)).status).toBe(201);
  });

  test("R-48 one request at a time loses nothing", async () => {
    await using server = await startRouterly({ lostWrites: true });
    for (let count = 0; count < 20; count++) expect((await registerModel(server, `m${count}`)).status).toBe(201);
    expect((await server.api("GET", "/api/models")).body).toHaveLength(20);
  });
});
