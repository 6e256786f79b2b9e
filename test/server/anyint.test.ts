import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../support/start-server.js";

let server: TestServer;
let now: Date;
beforeEach(async () => {
  now = new Date("2026-09-01T10:00:00Z");
  server = await startTestServer({ profile: "anyint", now: () => now });
});
afterEach(() => server.close());

const api = (method: string, path: string, body?: unknown, token?: string | null) =>
  server.api(method, `/enterprise/v1${path}`, body, token);
const call = (token: string, body: object = {}, headers?: Record<string, string>) =>
  server.api("POST", "/openai/v1/chat/completions", { model: "gpt-5-mini", ...body }, token, headers);
const spend = (token: string, usd: number) => call(token, { costUsd: usd, usage: { inputTokens: 10, outputTokens: 10 } });

async function project(name: string) {
  return (await api("POST", "/projects", { name })).body.id as string;
}

let people = 0;
/** A person who has joined with this role, and has a role in a project if one is given. */
async function person(role: "Admin" | "Member" | "Finance", inProject?: { project: string; role: "Project Owner" | "Member" }) {
  const email = `person${++people}@acme.example`;
  const { id } = (await api("POST", "/members", { email, role })).body;
  const { code } = (await api("POST", `/members/${id}/invitation`)).body;
  const { token } = (await server.api("POST", "/v1/invitations/accept", { code }, null)).body;
  if (inProject !== undefined) await api("POST", `/projects/${inProject.project}/members`, { email, role: inProject.role });
  const as = async (method: string, path: string, body?: unknown) => (await api(method, path, body, token)).status;
  return { email, id: id as string, token: token as string, as };
}

const SAML = {
  status: "gradual",
  protocol: "saml",
  identity_provider_url: "https://id.acme.example/saml",
  entity_id: "urn:acme",
  certificate: "-----BEGIN CERTIFICATE-----",
};

describe("the organization", () => {
  test("A-02 A-09 it holds members, projects, billing contacts, settings and security policies; a project is one of its parts", async () => {
    const id = await project("Production");
    await api("PATCH", "/organization", { name: "Acme", contacts: { billing: "billing@acme.example" } });
    expect((await api("GET", "/organization")).body).toMatchObject({ name: "Acme", contacts: { billing: "billing@acme.example" } });
    expect((await api("GET", "/projects")).body.items).toMatchObject([{ id, name: "Production" }]);
    expect((await api("GET", "/members")).body.items).toHaveLength(1);
    expect((await api("GET", "/security-policy")).status).toBe(200);
  });

  test("A-03 members are invited, governed and removed in the organization, and only from there come into projects", async () => {
    const id = await project("Production");
    const stranger = await api("POST", `/projects/${id}/members`, { email: "new@acme.example", role: "Member" });
    expect([stranger.status, stranger.body.error.message]).toEqual([
      400,
      "user: is no member of the organization: invite the person there first",
    ]);
    const invited = await api("POST", "/members", { email: "new@acme.example", role: "Member" });
    expect([invited.status, invited.body.status]).toEqual([201, "pending"]);
    expect((await api("POST", `/projects/${id}/members`, { email: "new@acme.example", role: "Member" })).status).toBe(201);
    expect((await api("PATCH", `/members/${invited.body.id}`, { role: "Finance" })).body.role).toBe("Finance");
    expect((await api("DELETE", `/members/${invited.body.id}`)).status).toBe(204);
  });

  test("A-04 projects are made inside the organization, by its admins", async () => {
    expect((await api("POST", "/projects", { name: "Support", description: "One team" })).status).toBe(201);
    const member = await person("Member");
    expect(await member.as("POST", "/projects", { name: "Mine" })).toBe(403);
  });

  test("A-05 A-06 A-07 finance contacts, settings and security policies are the organization's and no project's", async () => {
    const id = await project("Production");
    for (const body of [{ contacts: { billing: "b@acme.example" } }, { session_minutes: 60 }, { sso: SAML }]) {
      expect((await api("PATCH", `/projects/${id}`, body)).status).toBe(400);
    }
    expect((await api("PATCH", "/organization", { contacts: { billing: "b@acme.example" } })).status).toBe(200);
    expect((await api("PATCH", "/security-policy", { session_minutes: 60, idle_minutes: 15, sso: SAML })).status).toBe(200);
    expect((await api("GET", `/projects/${id}/security-policy`)).status).toBe(404);
  });

  test("A-08 whoever creates the organization is its first Admin", async () => {
    const { items } = (await api("GET", "/members")).body;
    expect(items).toMatchObject([{ email: "creator@anyint.local", role: "Admin", status: "active" }]);
    expect((await api("PATCH", `/members/${items[0].id}`, { role: "Member" })).status).toBe(409);
  });

  test("A-31 the roles are Admin, Project Owner, Member and Finance", async () => {
    const id = await project("Production");
    for (const [role, status] of [
      ["Admin", 201],
      ["Member", 201],
      ["Finance", 201],
      ["Owner", 400],
      ["Auditor", 400],
    ] as const) {
      expect([role, (await api("POST", "/members", { email: `${role}@acme.example`, role })).status]).toEqual([role, status]);
    }
    const owner = await api("POST", `/projects/${id}/members`, { email: "Member@acme.example", role: "Project Owner" });
    expect([owner.status, owner.body.role]).toEqual([201, "Project Owner"]);
    expect((await api("POST", `/projects/${id}/members`, { email: "Admin@acme.example", role: "Finance" })).status).toBe(400);
  });
});

describe("what a role may do", () => {
  /** Statuses of what each role tries, in its own project and in another one. */
  async function tries(as: (method: string, path: string, body?: unknown) => Promise<number>, own: string, other: string) {
    const n = ++people;
    await api("POST", "/members", { email: `joins${n}@acme.example`, role: "Member" });
    return {
      settings: await as("PATCH", "/organization", { name: `Acme ${n}` }),
      billing: await as("PATCH", "/organization", { contacts: { billing: `b${n}@acme.example` } }),
      security: await as("PATCH", "/security-policy", { session_minutes: n }),
      invite: await as("POST", "/members", { email: `new${n}@acme.example`, role: "Member" }),
      ownProject: await as("PATCH", `/projects/${own}`, { description: `d${n}` }),
      ownMembers: await as("POST", `/projects/${own}/members`, { email: `joins${n}@acme.example`, role: "Member" }),
      ownKey: await as("POST", "/team-keys", { name: `own${n}`, project_id: own }),
      sharedKey: await as("POST", "/team-keys", { name: `shared${n}` }),
      otherProject: await as("GET", `/projects/${other}`),
      otherKey: await as("POST", "/team-keys", { name: `other${n}`, project_id: other }),
    };
  }

  const NOTHING = {
    settings: 403,
    billing: 403,
    security: 403,
    invite: 403,
    ownProject: 403,
    ownMembers: 403,
    ownKey: 403,
    sharedKey: 403,
    otherProject: 403,
    otherKey: 403,
  };
  let own: string;
  let other: string;
  beforeEach(async () => {
    own = await project("Own");
    other = await project("Other");
  });

  test("A-20 A-32 A-33 A-47 an Admin sees and changes the whole organization, sign-on included", async () => {
    const { as } = await person("Admin");
    expect(await tries(as, own, other)).toEqual({
      settings: 200,
      billing: 200,
      security: 200,
      invite: 201,
      ownProject: 200,
      ownMembers: 201,
      ownKey: 201,
      sharedKey: 201,
      otherProject: 200,
      otherKey: 201,
    });
  });

  test("A-16 A-19 A-33 A-36 a Project Owner manages the own project and sees no other, nor billing", async () => {
    const { as, token } = await person("Member", { project: own, role: "Project Owner" });
    expect(await tries(as, own, other)).toEqual({ ...NOTHING, ownProject: 200, ownMembers: 201, ownKey: 201 });
    expect((await api("GET", "/projects", undefined, token)).body.items.map((one: { id: string }) => one.id)).toEqual([own]);
    await api("POST", "/team-keys", { name: "elsewhere", project_id: other });
    const keys = (await api("GET", "/team-keys", undefined, token)).body.items;
    expect(keys.map((one: { project_id: string }) => one.project_id)).toEqual([own]);
    expect(await as("GET", "/organization")).toBe(403);
  });

  test("A-34 A-36 a Member makes and manages own keys in assigned projects, and sees those only", async () => {
    const { as, token, email } = await person("Member", { project: own, role: "Member" });
    expect(await tries(as, own, other)).toEqual({ ...NOTHING, ownKey: 201 });
    const foreign = (await api("POST", "/team-keys", { name: "foreign", project_id: own })).body.id;
    const { items } = (await api("GET", "/team-keys", undefined, token)).body;
    expect(items).toMatchObject([{ project_id: own, creator: email }]);
    expect(await as("GET", `/team-keys/${foreign}`)).toBe(403);
    expect(await as("PATCH", `/team-keys/${foreign}`, { description: "mine?" })).toBe(403);
    expect(await as("DELETE", `/team-keys/${foreign}`)).toBe(403);
    expect(await as("PATCH", `/team-keys/${items[0].id}`, { description: "mine" })).toBe(200);
    expect(await as("DELETE", `/team-keys/${items[0].id}`)).toBe(204);
    expect((await api("GET", "/projects", undefined, token)).body.items.map((one: { id: string }) => one.id)).toEqual([own]);
  });

  test("A-35 Finance reaches billing and nothing else", async () => {
    const { as } = await person("Finance");
    expect(await tries(as, own, other)).toEqual({ ...NOTHING, billing: 200 });
    for (const path of ["/members", "/projects", "/team-keys", "/security-policy", "/webhooks"]) expect(await as("GET", path)).toBe(403);
    expect(await as("GET", "/organization")).toBe(200);
  });

  test("A-18 one person may be in several projects, with a role in each", async () => {
    const { email, token } = await person("Member", { project: own, role: "Member" });
    expect((await api("POST", `/projects/${other}/members`, { email, role: "Project Owner" })).status).toBe(201);
    expect((await api("GET", "/projects", undefined, token)).body.items).toHaveLength(2);
    expect((await api("PATCH", `/projects/${other}`, { description: "d" }, token)).status).toBe(200);
    expect((await api("PATCH", `/projects/${own}`, { description: "d" }, token)).status).toBe(403);
  });
});

describe("team keys", () => {
  let home: string;
  beforeEach(async () => {
    home = await project("Home");
  });
  const key = async (more: object = {}) => (await api("POST", "/team-keys", { name: "k", project_id: home, ...more })).body;

  test("A-37 the plaintext is answered when a key is made or regenerated, and masked afterwards", async () => {
    const { id, token, ...shown } = await key();
    expect(token).toMatch(/^sk-team-[A-Za-z0-9_-]{43}$/);
    expect(shown).toMatchObject({ status: "Active", project_id: home, creator: "creator@anyint.local" });
    const later = [(await api("GET", `/team-keys/${id}`)).body, (await api("GET", "/team-keys")).body];
    expect(JSON.stringify(later)).not.toContain(token.slice(12));
    expect(later[0].masked_token).toBe(`sk-team-…${token.slice(-4)}`);
    expect((await api("POST", `/team-keys/${id}/rotate`, {})).body.token).toMatch(/^sk-team-/);
  });

  test("A-38 regenerating ends the old key at once", async () => {
    const { id, token } = await key();
    expect((await call(token)).status).toBe(200);
    const renewed = (await api("POST", `/team-keys/${id}/rotate`, {})).body.token;
    const old = await call(token);
    expect([old.status, old.body.error.type, old.body.error.code]).toEqual([401, "authentication_error", "invalid_api_key"]);
    expect((await call(renewed)).status).toBe(200);
  });

  test("A-40 a key may limit models, rates, source addresses and routing", async () => {
    const { token } = await key({ models: { allowed: ["gpt-5-mini"] }, rate_limits: { requests_per_minute: 2 }, routing_policy: "cheap" });
    expect((await call(token)).status).toBe(200);
    expect((await call(token, { model: "claude-sonnet-5" })).status).toBe(403);
    expect((await call(token)).status).toBe(200);
    const refused = await call(token);
    expect([refused.status, refused.body.error]).toEqual([
      429,
      { message: expect.any(String), type: "rate_limit_error", code: "rate_limit_exceeded" },
    ]);
    const elsewhere = await key({ name: "e", ip_allowlist: ["203.0.113.0/24"] });
    expect((await call(elsewhere.token)).status).toBe(403);
    const blocked = await key({ name: "b", models: { blocked: ["gpt-5-mini"] } });
    expect((await call(blocked.token)).status).toBe(403);
  });

  test.each([
    ["requests_per_hour", 3_600],
    ["requests_per_day", 86_400],
    ["tokens_per_minute", 60],
    ["tokens_per_day", 86_400],
  ])("A-40 the rate %s is kept over its window", async (rate, seconds) => {
    const { token } = await key({ rate_limits: { [rate]: 1 } });
    expect((await call(token)).status).toBe(200);
    now = new Date(now.getTime() + (seconds - 1) * 1000);
    expect((await call(token)).status).toBe(429);
    now = new Date(now.getTime() + 1000);
    expect((await call(token)).status).toBe(200);
  });

  test("A-41 a spend limit blocks, or only warns", async () => {
    await api("POST", "/webhooks", { name: "limits", event: "usage.limit_reached", endpoint: { webhook: "https://hooks.acme.example" } });
    const blocking = await key({ name: "blocks", spend_limit: 5 });
    const warning = await key({ name: "warns", spend_limit: 5, spend_limit_action: "warn" });
    for (const { token } of [blocking, warning]) expect((await spend(token, 5)).status).toBe(200);
    const refused = await spend(blocking.token, 1);
    expect([refused.status, refused.body.error.code]).toEqual([429, "spend_limit_reached"]);
    expect((await spend(warning.token, 1)).status).toBe(200);
    const told = (await server.api("GET", "/v1/alert-events")).body.items;
    expect(told.map((one: { event: string }) => one.event)).toEqual(["usage.limit_reached", "usage.limit_reached"]);
  });

  test("A-09 a key of one project serves no other", async () => {
    const { token } = await key();
    const other = await project("Other");
    const refused = await call(token, {}, { "anyint-project": other });
    expect([refused.status, refused.body.error.type]).toEqual([403, "permission_error"]);
  });

  test("a disabled key is refused until it is enabled", async () => {
    const { id, token } = await key();
    expect((await api("POST", `/team-keys/${id}/disable`)).body.status).toBe("Disabled");
    expect((await call(token)).status).toBe(401);
    expect((await api("POST", `/team-keys/${id}/enable`)).body.status).toBe("Active");
    expect((await call(token)).status).toBe(200);
  });
});

describe("security, webhooks, the gateway and errors", () => {
  test("A-51 SAML needs an entity id and a certificate, OpenID Connect a client id", async () => {
    const put = async (sso: object) => {
      const { status, body } = await api("PATCH", "/security-policy", { sso });
      return status === 200 ? 200 : [status, body.error.message];
    };
    expect(await put({ status: "gradual", protocol: "saml" })).toEqual([
      400,
      "singleSignOn.entityId: is missing: saml needs it; singleSignOn.certificate: is missing: saml needs it",
    ]);
    expect(await put({ status: "required", protocol: "oidc" })).toEqual([400, "singleSignOn.clientId: is missing: oidc needs it"]);
    expect(await put(SAML)).toBe(200);
    expect(await put({ status: "required", protocol: "oidc", client_id: "acme" })).toBe(200);
    expect(await put({ status: "off" })).toBe(200);
    expect(await put({ status: "gradual", protocol: "ldap" })).toEqual([400, expect.any(String)]);
  });

  test("A-52 A-53 a webhook takes the eleven events and unknown ones, over https only", async () => {
    const events = [
      "billing.generated",
      "billing.paid",
      "billing.overdue",
      "usage.alert",
      "usage.limit_reached",
      "member.invited",
      "member.joined",
      "member.removed",
      "key.created",
      "key.disabled",
      "key.deleted",
      "security.signed_in",
    ];
    const hook = (name: string, webhook: string) =>
      api("POST", "/webhooks", { name, events, endpoint: { webhook, secret: "whsec-value" } });
    const made = await hook("all", "https://hooks.acme.example/anyint");
    expect([made.status, made.body.events]).toEqual([201, events]);
    expect(JSON.stringify(made.body)).not.toContain("whsec-value");
    expect((await hook("plain", "http://hooks.acme.example/anyint")).status).toBe(400);
  });

  test("A-54 a provider's own key is the organization's: admins attach it, and nobody reads it", async () => {
    const body = { name: "openai", provider: "openai", value: "sk-provider-value" };
    const owner = await person("Member", { project: await project("P"), role: "Project Owner" });
    expect(await owner.as("POST", "/byok", body)).toBe(403);
    const made = await api("POST", "/byok", body);
    expect(made.status).toBe(201);
    expect(JSON.stringify([made.body, (await api("GET", "/byok")).body])).not.toContain("sk-provider-value");
  });

  test("A-56 the model list is below the prefix of its family, and nowhere else", async () => {
    const { token } = (await api("POST", "/team-keys", { name: "k", project_id: await project("P") })).body;
    const listed = await server.api("GET", "/openai/v1/models", undefined, token);
    expect(listed.body).toMatchObject({ has_more: false, first_id: "claude-sonnet-5", last_id: "gpt-5-mini" });
    expect(listed.body.data[0]).toEqual({
      id: "claude-sonnet-5",
      display_name: "claude-sonnet-5",
      type: "model",
      created_at: "2026-01-01T00:00:00Z",
    });
    expect((await server.api("GET", "/v1/models", undefined, token)).status).toBe(404);
    expect((await server.api("GET", "/openai/v1/models", undefined, "sk-team-wrong")).status).toBe(401);
  });

  test("A-61 401 is authentication, 403 policy, 429 a limit, and every error has message, type and code", async () => {
    const absent = await api("GET", "/projects/none");
    expect([absent.status, absent.body]).toEqual([
      404,
      { error: { message: 'there is no Project "none"', type: "not_found_error", code: "not_found" } },
    ]);
    const wrong = await api("POST", "/projects", {});
    expect([wrong.status, wrong.body.error]).toEqual([
      400,
      { message: "name: is required", type: "invalid_request_error", code: "invalid" },
    ]);
    expect((await api("GET", "/projects", undefined, null)).body.error.type).toBe("authentication_error");
    const twice = [await api("POST", "/projects", { name: "P" }), await api("POST", "/projects", { name: "P" })];
    expect([twice[1]?.status, twice[1]?.body.error.code]).toEqual([409, "already_exists"]);
  });

  test("what AnyInt lacks has no address and no field", async () => {
    for (const path of ["/environments", "/environment-limits", "/roles", "/models", "/budgets"]) {
      expect((await api("GET", path)).status).toBe(404);
    }
    expect((await api("POST", "/team-keys", { name: "k", expires_at: "2027-01-01" })).status).toBe(400);
    expect((await api("POST", "/projects", { name: "P", environment: "staging" })).status).toBe(400);
  });
});
