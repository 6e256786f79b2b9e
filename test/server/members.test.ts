import { afterEach, beforeEach, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../support/start-server.js";

let server: TestServer;
let now: Date;
beforeEach(async () => {
  now = new Date("2026-09-01T10:00:00Z");
  server = await startTestServer({ now: () => now });
});
afterEach(() => server.close());

const post = (path: string, body?: unknown, token?: string | null) => server.api("POST", path, body, token);
const login = (email: string, password: string) => post("/v1/login", { email, password }, null);
async function invite(user: string, role: string) {
  const member = (await post("/v1/members", { user, role })).body;
  const invitation = (await post(`/v1/members/${member.id}/invitation`)).body;
  return { member, code: invitation.code as string, invitation };
}
async function ownerId(): Promise<string> {
  return (await server.api("GET", "/v1/me")).body.id;
}

test("a member without a password is invited, joins with the code, and has a token then", async () => {
  const { member, code, invitation } = await invite("lin@acme.example", "manager");
  expect(member).toMatchObject({ user: "lin@acme.example", role: "manager", status: "pending", memberId: member.id });
  expect(invitation).toEqual({ code: expect.any(String), expiresAt: "2026-09-08T10:00:00.000Z" });
  const joined = await post("/v1/invitations/accept", { code, password: "a password" }, null);
  expect(joined.status).toBe(200);
  expect(joined.body.member).toMatchObject({ id: member.id, status: "active" });
  expect((await server.api("GET", "/v1/me", undefined, joined.body.token)).body.user).toBe("lin@acme.example");
  expect((await login("LIN@acme.example", "a password")).status).toBe(200);
  const again = await post("/v1/invitations/accept", { code }, null);
  expect([again.status, again.body.code]).toEqual([401, "invitation_unknown"]);
  expect((await post(`/v1/members/${member.id}/invitation`)).body.code).toBe("conflict");
});

test("an invitation runs out after seven days, and a new one ends the old", async () => {
  const { member, code } = await invite("lin@acme.example", "viewer");
  now = new Date("2026-09-08T10:00:00Z");
  expect((await server.api("GET", `/v1/members/${member.id}`)).body.status).toBe("expired");
  expect((await post("/v1/invitations/accept", { code }, null)).body.code).toBe("invitation_expired");
  const fresh = (await post(`/v1/members/${member.id}/invitation`)).body.code;
  expect((await server.api("GET", `/v1/members/${member.id}`)).body.status).toBe("pending");
  expect((await post("/v1/invitations/accept", { code }, null)).status).toBe(401);
  expect((await post("/v1/invitations/accept", { code: fresh }, null)).status).toBe(200);
});

test("a member with a first password is active, and the password is shown nowhere", async () => {
  const made = await post("/v1/members", { user: "bea@acme.example", role: "admin", firstName: "Bea", initialPassword: "long enough" });
  expect(made.body).toMatchObject({ status: "active", firstName: "Bea" });
  const everything = JSON.stringify([
    made.body,
    (await server.api("GET", "/v1/members")).body,
    (await server.api("GET", "/v1/audit")).body,
  ]);
  expect(everything).not.toContain("long enough");
  expect(everything).not.toMatch(/scrypt|initialPassword|hidden/);
  const short = await post("/v1/members", { user: "c@acme.example", role: "admin", initialPassword: "1234567" });
  expect([short.status, short.body.errors[0].property]).toEqual([422, "initialPassword"]);
  expect((await server.api("PATCH", `/v1/members/${made.body.id}`, { initialPassword: "another one" })).status).toBe(422);
});

test("a login gives a token for an hour; a wrong one is 401 and recorded", async () => {
  await post("/v1/members", { user: "bea@acme.example", role: "admin", initialPassword: "long enough" });
  const { body } = await login("bea@acme.example", "long enough");
  expect(body).toEqual({ token: expect.stringMatching(/^gh_mt_/), expiresAt: "2026-09-01T11:00:00.000Z" });
  now = new Date("2026-09-01T10:59:59Z");
  expect((await server.api("GET", "/v1/me", undefined, body.token)).status).toBe(200);
  now = new Date("2026-09-01T11:00:00Z");
  expect((await server.api("GET", "/v1/me", undefined, body.token)).status).toBe(401);
  for (const [email, password] of [
    ["bea@acme.example", "wrong password"],
    ["nobody@acme.example", "long enough"],
    ["owner@gatehouse.local", "long enough"],
  ] as const) {
    const refused = await login(email, password);
    expect([refused.status, refused.body.code]).toEqual([401, "unauthorized"]);
  }
  const { items } = (await server.api("GET", "/v1/audit?limit=3")).body;
  expect(items.map((e: { action: string; actor: string }) => [e.action, e.actor])).toEqual([
    ["login_refused", "owner@gatehouse.local"],
    ["login_refused", "unknown"],
    ["login_refused", "bea@acme.example"],
  ]);
  expect(JSON.stringify(items)).not.toContain("wrong password");
});

test("an expired member has no access", async () => {
  const made = await post("/v1/members", {
    user: "bea@acme.example",
    role: "admin",
    initialPassword: "long enough",
    expiresAt: "2026-09-02",
  });
  const { token } = (await login("bea@acme.example", "long enough")).body;
  const own = (await post("/v1/me/tokens", { name: "ci" }, token)).body.token;
  now = new Date("2026-09-02T00:00:00Z");
  expect((await server.api("GET", "/v1/me", undefined, own)).status).toBe(401);
  expect((await login("bea@acme.example", "long enough")).status).toBe(401);
  expect((await server.api("GET", `/v1/members/${made.body.id}`)).body.status).toBe("expired");
});

test("a removed member's tokens stop at once", async () => {
  const { member, code } = await invite("lin@acme.example", "admin");
  const { token } = (await post("/v1/invitations/accept", { code }, null)).body;
  expect((await server.api("DELETE", `/v1/members/${member.id}`)).status).toBe(204);
  expect((await server.api("GET", "/v1/me", undefined, token)).status).toBe(401);
});

test("addresses are unique whatever their case, and roles are known ones", async () => {
  await post("/v1/members", { user: "ada@acme.example", role: "viewer" });
  expect((await post("/v1/members", { user: "ADA@acme.example", role: "viewer" })).body.code).toBe("already_exists");
  const role = await post("/v1/members", { user: "b@acme.example", role: "auditor" });
  expect([role.status, role.body.errors]).toEqual([
    422,
    [{ property: "role", reason: 'there is no role "auditor": use one of owner, admin, manager, member, viewer, finance' }],
  ]);
  const inProject = await post("/v1/projects/00000000-0000-0000-0000-000000000000/members", { user: "b@acme.example", role: "manager" });
  expect(inProject.body.errors[0].property).toBe("role");
});

test("the last active owner is neither deleted, demoted nor ended", async () => {
  const path = `/v1/members/${await ownerId()}`;
  await post("/v1/members", { user: "next@acme.example", role: "owner" });
  for (const answer of [
    await server.api("DELETE", path),
    await server.api("PATCH", path, { role: "admin" }),
    await server.api("PATCH", path, { expiresAt: "2026-09-01" }),
  ]) {
    expect([answer.status, answer.body.code]).toEqual([409, "last_owner"]);
  }
  await post("/v1/members", { user: "second@acme.example", role: "owner", initialPassword: "long enough" });
  expect((await server.api("DELETE", path)).status).toBe(204);
});

test("the last active admin stays when there is no active owner any more", async () => {
  const bea = await post("/v1/members", { user: "bea@acme.example", role: "admin", initialPassword: "long enough" });
  await server.api("PATCH", `/v1/members/${await ownerId()}`, { expiresAt: "2026-09-02" });
  now = new Date("2026-09-03T00:00:00Z");
  const { token } = (await login("bea@acme.example", "long enough")).body;
  const answer = await server.api("PATCH", `/v1/members/${bea.body.id}`, { role: "viewer" }, token);
  expect([answer.status, answer.body.code]).toEqual([409, "last_admin"]);
});

test("a member's own tokens are made, listed without their values, and deleted", async () => {
  const made = await post("/v1/me/tokens", { name: "ci", expiresAt: "2026-10-01" });
  expect(made.status).toBe(201);
  expect(made.body).toEqual({
    id: expect.any(String),
    name: "ci",
    expiresAt: "2026-10-01T00:00:00.000Z",
    token: expect.stringMatching(/^gh_mt_[A-Za-z0-9_-]{43}$/),
  });
  const { token, id } = made.body;
  expect((await server.api("GET", "/v1/me", undefined, token)).status).toBe(200);
  const listed = await server.api("GET", "/v1/me/tokens");
  expect(listed.body.items.map((t: { name: string }) => t.name)).toEqual(expect.arrayContaining(["bootstrap", "ci"]));
  expect(JSON.stringify(listed.body)).not.toContain(token);
  now = new Date("2026-10-01T00:00:00Z");
  expect((await server.api("GET", "/v1/me", undefined, token)).status).toBe(401);
  expect((await server.api("DELETE", `/v1/me/tokens/${id}`)).status).toBe(204);
  expect((await server.api("DELETE", `/v1/me/tokens/${id}`)).body.code).toBe("not_found");
  expect((await post("/v1/me/tokens", { label: "x" })).body.errors).toHaveLength(2);
});

test("a project member is pending until somebody of that address has joined the organization", async () => {
  const project = "00000000-0000-0000-0000-000000000000";
  const made = await post(`/v1/projects/${project}/members`, { user: "Kim@acme.example", role: "admin" });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ project, user: "Kim@acme.example", role: "admin", status: "pending", memberId: made.body.id });
  expect((await post(`/v1/projects/${project}/members`, { user: "kim@ACME.example", role: "viewer" })).body.code).toBe("already_exists");
  await post("/v1/members", { user: "kim@acme.example", role: "member", initialPassword: "long enough" });
  expect((await server.api("GET", `/v1/projects/${project}/members/${made.body.id}`)).body.status).toBe("active");
  expect((await server.api("GET", `/v1/projects/none/members`)).body.code).toBe("not_found");
});
