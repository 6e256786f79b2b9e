import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../support/start-server.js";

let server: TestServer;
let now: Date;
beforeEach(async () => {
  now = new Date("2026-09-01T10:00:00Z");
  server = await startTestServer({ now: () => now });
});
afterEach(() => server.close());

const post = (path: string, body?: unknown, headers?: Record<string, string>) => server.api("POST", path, body, undefined, headers);
const call = (token: string) => server.api("POST", "/v1/chat/completions", { model: "m" }, token);

test("F-55 O-47 the secret of a key is answered at its creation and never again", async () => {
  const made = await post("/v1/keys", { name: "checkout-prod", environment: "production", hourlyUsd: 25 });
  expect(made.status).toBe(201);
  const { token, ...shown } = made.body;
  expect(token).toMatch(/^gh_sk_[A-Za-z0-9_-]{43}$/);
  expect(shown).toEqual({
    id: made.body.keyId,
    keyId: made.body.id,
    name: "checkout-prod",
    environment: "production",
    hourlyUsd: 25,
    status: "active",
    maskedToken: `gh_sk_…${token.slice(-4)}`,
    createdAt: "2026-09-01T10:00:00.000Z",
    updatedAt: "2026-09-01T10:00:00.000Z",
  });
  const later = [
    (await server.api("GET", `/v1/keys/${shown.id}`)).body,
    (await server.api("GET", "/v1/keys")).body,
    (await server.api("PATCH", `/v1/keys/${shown.id}`, { description: "x" })).body,
    (await server.api("GET", "/v1/audit")).body,
  ];
  expect(JSON.stringify(later)).not.toContain(token.slice(6));
});

test("O-50 deleting a key revokes it: it stops working, stays listed, and deleting again is fine", async () => {
  const { id, token } = (await post("/v1/keys", { name: "k" })).body;
  expect((await call(token)).status).toBe(200);
  expect((await server.api("DELETE", `/v1/keys/${id}`)).status).toBe(204);
  expect((await server.api("DELETE", `/v1/keys/${id}`)).status).toBe(204);
  const refused = await call(token);
  expect([refused.status, refused.body.code]).toEqual([401, "key_revoked"]);
  expect((await server.api("GET", "/v1/keys")).body.items).toMatchObject([{ id, status: "revoked" }]);
  for (const answer of [
    await post(`/v1/keys/${id}/rotate`),
    await post(`/v1/keys/${id}/enable`),
    await post(`/v1/keys/${id}/disable`),
    await server.api("PATCH", `/v1/keys/${id}`, { name: "n" }),
  ]) {
    expect([answer.status, answer.body.code]).toEqual([409, "key_revoked"]);
  }
});

test("rotating answers a new secret and ends the old one at once", async () => {
  const made = (await post("/v1/keys", { name: "k" })).body;
  const rotated = await post(`/v1/keys/${made.id}/rotate`, {});
  expect(rotated.status).toBe(200);
  expect(rotated.body).toMatchObject({ id: made.id, name: "k", maskedToken: `gh_sk_…${rotated.body.token.slice(-4)}` });
  expect(rotated.body.token).not.toBe(made.token);
  const old = await call(made.token);
  expect([old.status, old.body.code]).toEqual([401, "unauthorized"]);
  expect((await call(rotated.body.token)).status).toBe(200);
});

test("a disabled key gets 401 until it is enabled", async () => {
  const { id, token } = (await post("/v1/keys", { name: "k" })).body;
  expect((await post(`/v1/keys/${id}/disable`)).body.status).toBe("disabled");
  expect((await call(token)).body.code).toBe("key_disabled");
  expect((await post(`/v1/keys/${id}/enable`)).body.status).toBe("active");
  expect((await call(token)).status).toBe(200);
});

test("a key expires on its day", async () => {
  const { token } = (await post("/v1/keys", { name: "k", expiresAt: "2026-09-02" })).body;
  now = new Date("2026-09-01T23:59:59Z");
  expect((await call(token)).status).toBe(200);
  now = new Date("2026-09-02T00:00:00Z");
  const late = await call(token);
  expect([late.status, late.body.code]).toEqual([401, "key_expired"]);
});

test("the last use is shown", async () => {
  const { id, token } = (await post("/v1/keys", { name: "k" })).body;
  expect((await server.api("GET", `/v1/keys/${id}`)).body).not.toHaveProperty("lastUsedAt");
  now = new Date("2026-09-01T10:05:00Z");
  await call(token);
  expect((await server.api("GET", `/v1/keys/${id}`)).body.lastUsedAt).toBe("2026-09-01T10:05:00.000Z");
});

test("a name is unique among keys that are not revoked", async () => {
  const first = await post("/v1/keys", { name: "k" });
  const twin = await post("/v1/keys", { name: "k" });
  expect([twin.status, twin.body.code]).toEqual([409, "already_exists"]);
  await server.api("DELETE", `/v1/keys/${first.body.id}`);
  expect((await post("/v1/keys", { name: "k" })).status).toBe(201);
});

test("references must lead somewhere", async () => {
  for (const body of [
    { name: "k", project: "none" },
    { name: "k", defaultProject: "none" },
  ]) {
    const answer = await post("/v1/keys", body);
    expect([answer.status, answer.body.code]).toEqual([422, "unknown_reference"]);
  }
  expect((await server.api("GET", "/v1/keys")).body.items).toEqual([]);
});

test("what excludes each other, a wrong range, and the secret as input are refused", async () => {
  const project = (await post("/v1/projects", { name: "P" })).body.id;
  const both = await post("/v1/keys", { name: "k", project, defaultProject: project });
  expect([both.status, both.body.errors[0].property]).toEqual([422, "defaultProject"]);
  expect((await post("/v1/keys", { name: "k", models: { allowed: ["a"], blocked: ["b"] } })).body.errors[0].property).toBe("models");
  expect((await post("/v1/keys", { name: "k", ipAllowList: ["10.0.0.0/8", "1.2.3"] })).body.errors[0].property).toBe("ipAllowList.1");
  expect(
    (await post("/v1/keys", { name: "k", token: "gh_sk_mine", rotate: 1 })).body.errors.map((e: { property: string }) => e.property),
  ).toEqual(["token", "rotate"]);
});

test("F-24 the environment of a key can be changed, its lock cannot", async () => {
  const project = (await post("/v1/projects", { name: "P" })).body.id;
  const { id } = (await post("/v1/keys", { name: "k" })).body;
  expect((await server.api("PATCH", `/v1/keys/${id}`, { environment: "staging" })).body.environment).toBe("staging");
  const locked = await server.api("PATCH", `/v1/keys/${id}`, { project });
  expect([locked.status, locked.body.errors[0].property]).toEqual([422, "project"]);
});

describe("with an Idempotency-Key", () => {
  test("the same creation again answers the object already made, without its secret", async () => {
    const headers = { "idempotency-key": "one" };
    const first = await post("/v1/keys", { name: "k" }, headers);
    const again = await post("/v1/keys", { name: "k" }, headers);
    expect(again.status).toBe(201);
    expect(again.headers["idempotency-replayed"]).toBe("true");
    expect(first.headers).not.toHaveProperty("idempotency-replayed");
    expect(again.headers.location).toBe(`/v1/keys/${first.body.id}`);
    const { token, ...withoutToken } = first.body;
    expect(again.body).toEqual(withoutToken);
    expect((await call(token)).status).toBe(200);
    expect((await server.api("GET", "/v1/keys")).body.items).toHaveLength(1);
  });

  test("another body or another address is 409 idempotency_conflict", async () => {
    const headers = { "idempotency-key": "two" };
    await post("/v1/projects", { name: "P" }, headers);
    for (const answer of [await post("/v1/projects", { name: "Q" }, headers), await post("/v1/keys", { name: "P" }, headers)]) {
      expect([answer.status, answer.body.code]).toEqual([409, "idempotency_conflict"]);
    }
  });

  test("a refused creation leaves the key free", async () => {
    const headers = { "idempotency-key": "three" };
    expect((await post("/v1/projects", { name: "" }, headers)).status).toBe(422);
    expect((await post("/v1/projects", { name: "P" }, headers)).status).toBe(201);
  });

  test("another actor's key is another key", async () => {
    const member = await post("/v1/members", { user: "a@acme.example", role: "owner", initialPassword: "long enough" });
    const { token } = (await server.api("POST", "/v1/login", { email: member.body.user, password: "long enough" }, null)).body;
    const headers = { "idempotency-key": "four" };
    await post("/v1/projects", { name: "P" }, headers);
    expect((await server.api("POST", "/v1/projects", { name: "Q" }, token, headers)).status).toBe(201);
  });

  test("after 24 hours it is forgotten", async () => {
    const headers = { "idempotency-key": "five" };
    await post("/v1/projects", { name: "P" }, headers);
    now = new Date("2026-09-02T09:59:59Z");
    expect((await post("/v1/projects", { name: "P" }, headers)).status).toBe(201);
    now = new Date("2026-09-02T10:00:01Z");
    expect((await post("/v1/projects", { name: "P" }, headers)).body.code).toBe("already_exists");
  });
});
