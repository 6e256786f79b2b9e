import { afterEach, beforeEach, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../support/start-server.js";

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer({ now: () => new Date("2026-09-01T10:00:00Z") });
});
afterEach(() => server.close());

const entries = async (query = "") => (await server.api("GET", `/v1/audit${query}`)).body;

test("every write is recorded with who, what, before and after, newest first", async () => {
  const { id } = (await server.api("POST", "/v1/projects", { name: "P" })).body;
  await server.api("PATCH", `/v1/projects/${id}`, { description: "new" });
  await server.api("DELETE", `/v1/projects/${id}`);
  const { items } = await entries("?limit=3");
  const project = { name: "P", slug: "p", status: "active" };
  const common = { at: "2026-09-01T10:00:00.000Z", actor: "owner@gatehouse.local", kind: "Project", object: id };
  expect(items).toEqual([
    { ...common, action: "delete", before: { ...project, description: "new" } },
    { ...common, action: "update", before: project, after: { ...project, description: "new" } },
    { ...common, action: "create", after: project },
  ]);
});

test("what the control plane made at its first start is recorded as its own doing", async () => {
  const { items } = await entries();
  expect(items.map((e: { actor: string; kind: string }) => [e.actor, e.kind])).toEqual([
    ["system", "OrganizationMember"],
    ["system", "Project"],
    ["system", "SecurityPolicy"],
    ["system", "Organization"],
  ]);
});

test("a refused write, a read, and a change that changes nothing leave no entry", async () => {
  const { id } = (await server.api("POST", "/v1/projects", { name: "P" })).body;
  const before = (await entries()).items.length;
  const updatedAt = (await server.api("GET", `/v1/projects/${id}`)).body.updatedAt;
  await server.api("POST", "/v1/projects", { name: "P" });
  await server.api("PATCH", `/v1/projects/${id}`, { name: "x".repeat(101) });
  expect((await server.api("PATCH", `/v1/projects/${id}`, { name: "P" })).body.updatedAt).toBe(updatedAt);
  expect((await entries()).items).toHaveLength(before);
});

test("what goes with a deleted project is recorded one by one", async () => {
  const { id } = (await server.api("POST", "/v1/projects", { name: "P" })).body;
  await server.api("POST", `/v1/projects/${id}/members`, { user: "a@acme.example", role: "viewer" });
  await server.api("DELETE", `/v1/projects/${id}`);
  const { items } = await entries("?limit=2");
  expect(items.map((e: { action: string; kind: string }) => [e.action, e.kind])).toEqual([
    ["delete", "Project"],
    ["delete", "ProjectMember"],
  ]);
});

test("the life of a key, a token and an invitation is recorded without any secret", async () => {
  const key = (await server.api("POST", "/v1/keys", { name: "k" })).body;
  const rotated = (await server.api("POST", `/v1/keys/${key.id}/rotate`)).body;
  await server.api("POST", `/v1/keys/${key.id}/disable`);
  await server.api("POST", `/v1/keys/${key.id}/enable`);
  await server.api("DELETE", `/v1/keys/${key.id}`);
  const token = (await server.api("POST", "/v1/me/tokens", { name: "ci" })).body;
  await server.api("DELETE", `/v1/me/tokens/${token.id}`);
  const member = (await server.api("POST", "/v1/members", { user: "a@acme.example", role: "viewer" })).body;
  const { code } = (await server.api("POST", `/v1/members/${member.id}/invitation`)).body;
  const joined = (await server.api("POST", "/v1/invitations/accept", { code, password: "a long password" }, null)).body;
  const { items } = await entries("?limit=10");
  expect(items.map((e: { kind: string; action: string }) => `${e.kind} ${e.action}`).reverse()).toEqual([
    "ApiKey create",
    "ApiKey rotate",
    "ApiKey disable",
    "ApiKey enable",
    "ApiKey revoke",
    "Token create",
    "Token delete",
    "OrganizationMember create",
    "OrganizationMember invite",
    "OrganizationMember accept",
  ]);
  expect(items[0].actor).toBe("a@acme.example");
  const text = JSON.stringify(items);
  for (const secret of [key.token, rotated.token, token.token, code, joined.token, "a long password"]) expect(text).not.toContain(secret);
  expect(text).not.toMatch(/scrypt|[0-9a-f]{64}/);
});

test("the record comes in pages", async () => {
  const first = await entries("?limit=2");
  const second = await entries(`?limit=2&cursor=${first.nextCursor}`);
  expect([first.items.length, second.items.length, second.nextCursor]).toEqual([2, 2, null]);
  expect(second.items[1].kind).toBe("Organization");
});
