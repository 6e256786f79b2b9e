import { afterEach, beforeEach, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../support/start-server.js";

const DEFAULT = "00000000-0000-0000-0000-000000000000";
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer({ now: () => new Date("2026-09-01T10:00:00Z") });
});
afterEach(() => server.close());

const post = (path: string, body: unknown) => server.api("POST", path, body);

test("a project is created, read, changed, listed and deleted", async () => {
  const made = await post("/v1/projects", { name: "Checkout AI", description: "Answers at the till", labels: ["till"] });
  expect(made.status).toBe(201);
  expect(made.body).toEqual({
    id: expect.stringMatching(UUID),
    projectId: made.body.id,
    name: "Checkout AI",
    slug: "checkout-ai",
    description: "Answers at the till",
    labels: ["till"],
    status: "active",
    totalMonthlySpendUsd: 0,
    createdAt: "2026-09-01T10:00:00.000Z",
    updatedAt: "2026-09-01T10:00:00.000Z",
  });
  expect(made.headers.location).toBe(`/v1/projects/${made.body.id}`);
  expect((await server.api("GET", made.headers.location ?? "")).body).toEqual(made.body);

  const changed = await server.api("PATCH", `/v1/projects/${made.body.id}`, { description: null, color: "#1a7f37" });
  expect(changed.status).toBe(200);
  expect(changed.body).toMatchObject({ name: "Checkout AI", color: "#1a7f37", labels: ["till"] });
  expect(changed.body).not.toHaveProperty("description");

  expect((await server.api("GET", "/v1/projects")).body.items.map((p: { slug: string }) => p.slug)).toEqual(["default", "checkout-ai"]);
  const gone = await server.api("DELETE", `/v1/projects/${made.body.id}`);
  expect([gone.status, gone.body]).toEqual([204, undefined]);
  const again = await server.api("DELETE", `/v1/projects/${made.body.id}`);
  expect([again.status, again.body.code]).toEqual([404, "not_found"]);
});

test("a change merges nested objects and null clears one property of them", async () => {
  const made = await post("/v1/projects", {
    name: "P",
    launch: { owner: "a@acme.example", workload: "chat" },
    grading: { expectedCostUsd: 0.01 },
  });
  const path = `/v1/projects/${made.body.id}`;
  const merged = await server.api("PATCH", path, { launch: { workload: null, expectedMonthlyUsd: 900 } });
  expect(merged.body.launch).toEqual({ owner: "a@acme.example", expectedMonthlyUsd: 900 });
  expect(merged.body.grading).toEqual({ expectedCostUsd: 0.01 });
});

test("F-15 F-16 F-17 limits of name, slug and description hold, and all violations are told at once", async () => {
  const answer = await post("/v1/projects", {
    name: "x".repeat(101),
    slug: "Not A Slug",
    description: "x".repeat(501),
    environment: "prod",
    launch: { expectedMonthlyUsd: -1 },
  });
  expect([answer.status, answer.body.code]).toEqual([422, "invalid"]);
  expect(answer.body.errors.map((e: { property: string }) => e.property).sort()).toEqual([
    "description",
    "environment",
    "launch.expectedMonthlyUsd",
    "name",
    "slug",
  ]);
  expect(answer.body.errors.find((e: { property: string }) => e.property === "environment").reason).toBe(
    "must be one of development, staging, production, other",
  );
  expect((await post("/v1/projects", { name: "x".repeat(100), slug: "a".repeat(63), description: "x".repeat(500) })).status).toBe(201);
  expect((await post("/v1/projects", { name: "Y", slug: "a".repeat(64) })).status).toBe(422);
});

test("unknown, computed and local properties are refused by name, never dropped", async () => {
  const answer = await post("/v1/projects", { name: "P", colour: "red", totalMonthlySpendUsd: 0, adopt: "never", launch: { boss: "x" } });
  expect(answer.status).toBe(422);
  expect(answer.body.errors.map((e: { property: string }) => e.property)).toEqual([
    "colour",
    "totalMonthlySpendUsd",
    "adopt",
    "launch.boss",
  ]);
  const made = await post("/v1/projects", { name: "P" });
  const patch = await server.api("PATCH", `/v1/projects/${made.body.id}`, { colour: null, launch: { boss: null } });
  expect(patch.body.errors.map((e: { property: string }) => e.property)).toEqual(["colour", "launch.boss"]);
});

test("a required property cannot be cleared", async () => {
  const answer = await server.api("PATCH", `/v1/projects/${DEFAULT}`, { name: null });
  expect([answer.status, answer.body.errors]).toEqual([422, [{ property: "name", reason: "is required" }]]);
});

test("a slug cannot be changed, and the same slug is no change", async () => {
  const made = await post("/v1/projects", { name: "P", slug: "p" });
  expect((await server.api("PATCH", `/v1/projects/${made.body.id}`, { slug: "q" })).status).toBe(422);
  expect((await server.api("PATCH", `/v1/projects/${made.body.id}`, { slug: "p" })).status).toBe(200);
});

test("slugs are unique, names are unique whatever their case", async () => {
  await post("/v1/projects", { name: "Checkout", slug: "checkout" });
  for (const body of [
    { name: "CHECKOUT", slug: "other" },
    { name: "Other", slug: "checkout" },
    { name: "default", slug: "d2" },
  ]) {
    const answer = await post("/v1/projects", body);
    expect([answer.status, answer.body.code]).toEqual([409, "already_exists"]);
  }
  const other = await post("/v1/projects", { name: "Other" });
  expect((await server.api("PATCH", `/v1/projects/${other.body.id}`, { name: "checkOUT" })).body.code).toBe("already_exists");
  expect((await server.api("PATCH", `/v1/projects/${other.body.id}`, { name: "OTHER" })).status).toBe(200);
});

test("a slug is derived from accents and signs, and asked for when nothing is left", async () => {
  expect((await post("/v1/projects", { name: "  Café & Crème -- №1 " })).body.slug).toMatch(/^cafe-creme-no1$|^cafe-creme-1$/);
  const answer = await post("/v1/projects", { name: "日本" });
  expect([answer.status, answer.body.errors[0].property]).toEqual([422, "slug"]);
});

test.each([
  ["free", 1],
  ["starter", 3],
  ["pro", 10],
] as const)("F-19 the plan %s allows %i projects, the Default project included", async (plan, quota) => {
  await using own = await startTestServer({ plan });
  for (let n = 1; n < quota; n++) expect((await own.api("POST", "/v1/projects", { name: `P${n}` })).status).toBe(201);
  const over = await own.api("POST", "/v1/projects", { name: "One too many" });
  expect([over.status, over.body.code]).toEqual([409, "quota_exceeded"]);
  expect((await own.api("GET", "/v1/projects")).body.items).toHaveLength(quota);
});

test("F-19 the plan enterprise has no project quota", async () => {
  await using own = await startTestServer({ plan: "enterprise" });
  for (let n = 0; n < 12; n++) expect((await own.api("POST", "/v1/projects", { name: `P${n}` })).status).toBe(201);
});

test("the Default project can be renamed, and neither deleted nor archived", async () => {
  expect((await server.api("PATCH", `/v1/projects/${DEFAULT}`, { name: "Everything else" })).status).toBe(200);
  for (const answer of [
    await server.api("DELETE", `/v1/projects/${DEFAULT}`),
    await server.api("PATCH", `/v1/projects/${DEFAULT}`, { status: "archived" }),
  ]) {
    expect([answer.status, answer.body.code]).toEqual([409, "built_in"]);
  }
});

test("a project with a key in use is not deleted; without one its members, tiers and models go with it", async () => {
  const { id } = (await post("/v1/projects", { name: "P" })).body;
  await post(`/v1/projects/${id}/members`, { user: "a@acme.example", role: "admin" });
  const model = await post("/v1/models", { project: id, identifier: "m", provider: "openai" });
  await post(`/v1/projects/${id}/tiers`, { tier: "simple", model: "m" });
  const locked = await post("/v1/keys", { name: "locked", project: id });
  const inUse = await server.api("DELETE", `/v1/projects/${id}`);
  expect([inUse.status, inUse.body.code]).toEqual([409, "conflict"]);
  expect((await server.api("GET", `/v1/projects/${id}/members`)).body.items).toHaveLength(1);
  await server.api("DELETE", `/v1/keys/${locked.body.id}`);
  expect((await server.api("DELETE", `/v1/projects/${id}`)).status).toBe(204);
  expect((await server.api("GET", `/v1/models/${model.body.id}`)).body.code).toBe("not_found");
  expect((await server.api("GET", `/v1/projects/${id}/tiers`)).body.code).toBe("not_found");
  expect((await server.api("GET", `/v1/keys/${locked.body.id}`)).body).toMatchObject({ status: "revoked", project: id });
});

test("O-14 O-24 O-25 an archived project stays readable, refuses changes, and can be made active again", async () => {
  const { id } = (await post("/v1/projects", { name: "P" })).body;
  const model = await post("/v1/models", { project: id, identifier: "m", provider: "openai" });
  const member = await post(`/v1/projects/${id}/members`, { user: "a@acme.example", role: "viewer" });
  const key = await post("/v1/keys", { name: "k", project: id });
  const free = await post("/v1/keys", { name: "free" });
  expect((await server.api("PATCH", `/v1/projects/${id}`, { status: "archived" })).body.status).toBe("archived");

  const refused = [
    await server.api("PATCH", `/v1/projects/${id}`, { description: "new" }),
    await post("/v1/keys", { name: "k2", project: id }),
    await post("/v1/keys", { name: "k3", defaultProject: id }),
    await server.api("PATCH", `/v1/keys/${key.body.id}`, { description: "new" }),
    await server.api("PATCH", `/v1/keys/${free.body.id}`, { defaultProject: id }),
    await server.api("POST", `/v1/keys/${key.body.id}/rotate`),
    await post("/v1/models", { project: id, identifier: "m2", provider: "openai" }),
    await server.api("PATCH", `/v1/models/${model.body.id}`, { name: "new" }),
    await post(`/v1/projects/${id}/tiers`, { tier: "simple", model: "m" }),
    await post(`/v1/projects/${id}/members`, { user: "b@acme.example", role: "viewer" }),
    await server.api("PATCH", `/v1/projects/${id}/members/${member.body.id}`, { role: "admin" }),
    await server.api("POST", "/v1/chat/completions", { model: "m" }, key.body.token),
    await server.api("POST", "/v1/chat/completions", { model: "m" }, free.body.token, { "gatehouse-project": id }),
  ];
  for (const [index, answer] of refused.entries())
    expect([index, answer.status, answer.body.code]).toEqual([index, 409, "project_archived"]);

  expect((await server.api("GET", `/v1/projects/${id}`)).status).toBe(200);
  expect((await server.api("POST", `/v1/keys/${key.body.id}/disable`)).body.status).toBe("disabled");
  expect((await server.api("POST", `/v1/keys/${key.body.id}/enable`)).body.code).toBe("project_archived");
  expect((await server.api("DELETE", `/v1/projects/${id}/members/${member.body.id}`)).status).toBe(204);
  expect((await server.api("DELETE", `/v1/keys/${key.body.id}`)).status).toBe(204);
  expect((await server.api("PATCH", `/v1/projects/${id}`, { status: "active", description: "back" })).body).toMatchObject({
    status: "active",
    description: "back",
  });
});

test("lists come in pages, each object once, in the order of creation", async () => {
  for (let n = 1; n <= 6; n++) await post("/v1/projects", { name: `P${n}` });
  const slugs: string[] = [];
  let path = "/v1/projects?limit=3";
  for (let pages = 1; ; pages++) {
    const { body } = await server.api("GET", path);
    slugs.push(...body.items.map((p: { slug: string }) => p.slug));
    if (body.nextCursor === null) {
      expect(pages).toBe(3);
      break;
    }
    path = `/v1/projects?limit=3&cursor=${encodeURIComponent(body.nextCursor)}`;
  }
  expect(slugs).toEqual(["default", "p1", "p2", "p3", "p4", "p5", "p6"]);
  for (const query of ["limit=0", "limit=1001", "limit=x", "cursor=!!"]) {
    expect([query, (await server.api("GET", `/v1/projects?${query}`)).status]).toEqual([query, 422]);
  }
});

test("the organization's settings change, its plan does not", async () => {
  const changed = await server.api("PATCH", "/v1/organization", {
    name: "Acme",
    contacts: { security: "sec@acme.example" },
    requestsPerMinute: 600,
  });
  expect(changed.body).toMatchObject({ name: "Acme", contacts: { security: "sec@acme.example" }, requestsPerMinute: 600, plan: "pro" });
  const plan = await server.api("PATCH", "/v1/organization", { plan: "enterprise" });
  expect([plan.status, plan.body.errors[0].property]).toEqual([422, "plan"]);
  expect((await server.api("GET", "/v1/organization")).body.plan).toBe("pro");
});

test("F-26 an environment limit is named by its environment and exists once", async () => {
  const made = await post("/v1/environment-limits", { environment: "production", monthlyUsd: 2000 });
  expect(made.body).toMatchObject({ id: "production", environment: "production", monthlyUsd: 2000 });
  expect(made.headers.location).toBe("/v1/environment-limits/production");
  expect((await post("/v1/environment-limits", { environment: "production", monthlyUsd: 1 })).body.code).toBe("already_exists");
  expect((await post("/v1/environment-limits", { environment: "staging" })).body.errors[0].reason).toMatch(/limits nothing/);
  expect(
    (await server.api("PATCH", "/v1/environment-limits/production", { requestsPerMinute: 600, monthlyUsd: null })).body,
  ).not.toHaveProperty("monthlyUsd");
  expect((await server.api("DELETE", "/v1/environment-limits/production")).status).toBe(204);
});
