import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../support/start-server.js";

let server: TestServer;
let project: string;
beforeEach(async () => {
  server = await startTestServer();
  project = (await server.api("POST", "/v1/projects", { name: "P" })).body.id;
});
afterEach(() => server.close());

let people = 0;
/** A new active member with this role, and with a role in the project if one is given. */
async function person(role: string, projectRole?: string) {
  const user = `person${++people}@acme.example`;
  const { body } = await server.api("POST", "/v1/members", { user, role, initialPassword: "long enough" });
  if (projectRole !== undefined) await server.api("POST", `/v1/projects/${project}/members`, { user, role: projectRole });
  const { token } = (await server.api("POST", "/v1/login", { email: user, password: "long enough" }, null)).body;
  const as = async (method: string, path: string, content?: unknown) => {
    const answer = await server.api(method, path, content, token as string);
    return answer.status === 403 ? `403 ${answer.body.code}` : String(answer.status);
  };
  return { id: body.id as string, user, token: token as string, as };
}

const REFUSED = "403 forbidden";

/** Tries a write to each kind; `n` keeps names apart. */
async function tryEverything(as: (method: string, path: string, content?: unknown) => Promise<string>, n = ++people) {
  return {
    organization: await as("PATCH", "/v1/organization", { name: `Acme ${n}` }),
    member: await as("POST", "/v1/members", { user: `new${n}@acme.example`, role: "viewer" }),
    limit: await as("POST", "/v1/environment-limits", { environment: "staging", monthlyUsd: n }),
    project: await as("POST", "/v1/projects", { name: `New ${n}` }),
    sharedModel: await as("POST", "/v1/models", { identifier: `shared${n}`, provider: "openai" }),
    freeKey: await as("POST", "/v1/keys", { name: `free${n}` }),
    settings: await as("PATCH", `/v1/projects/${project}`, { description: `d${n}` }),
    projectMember: await as("POST", `/v1/projects/${project}/members`, { user: `pm${n}@acme.example`, role: "viewer" }),
    model: await as("POST", "/v1/models", { project, identifier: `m${n}`, provider: "openai" }),
    tier: await as("POST", `/v1/projects/${project}/tiers`, { tier: "simple", model: `m${n}` }),
    key: await as("POST", "/v1/keys", { name: `locked${n}`, project }),
    deletion: await as("DELETE", "/v1/projects/none-such"),
  };
}

const ALL_REFUSED = {
  organization: REFUSED,
  member: REFUSED,
  limit: REFUSED,
  project: REFUSED,
  sharedModel: REFUSED,
  freeKey: REFUSED,
  settings: REFUSED,
  projectMember: REFUSED,
  model: REFUSED,
  tier: REFUSED,
  key: REFUSED,
  deletion: "404",
};
const ALL_DONE = {
  organization: "200",
  member: "201",
  limit: "201",
  project: "201",
  sharedModel: "201",
  freeKey: "201",
  settings: "200",
  projectMember: "201",
  model: "201",
  tier: "201",
  key: "201",
  deletion: "404",
};
const IN_PROJECT = { model: "201", tier: "201", key: "201" };
const ADMIN_IN_PROJECT = { ...IN_PROJECT, settings: "200", projectMember: "201" };

describe("organization roles", () => {
  test.each([
    ["owner", ALL_DONE],
    ["admin", ALL_DONE],
    ["manager", { ...ALL_REFUSED, project: "201" }],
    ["member", ALL_REFUSED],
    ["viewer", ALL_REFUSED],
    ["finance", ALL_REFUSED],
  ])("F-33 F-36 F-42 O-42 O-43 O-44 %s writes what its table says", async (role, expected) => {
    expect(await tryEverything((await person(role)).as)).toEqual(expected);
  });

  test.each([
    ["owner", 200],
    ["admin", 200],
    ["manager", 200],
    ["member", 200],
    ["viewer", 200],
    ["finance", 403],
  ] as const)("%s reads projects, keys, models and limits with status %i", async (role, status) => {
    const { token } = await person(role);
    for (const path of [
      "/v1/projects",
      `/v1/projects/${project}`,
      "/v1/keys",
      "/v1/models",
      "/v1/environment-limits",
      `/v1/projects/${project}/tiers`,
    ]) {
      expect([path, (await server.api("GET", path, undefined, token)).status]).toEqual([path, status]);
    }
    for (const path of ["/v1/organization", "/v1/members"]) expect((await server.api("GET", path, undefined, token)).status).toBe(200);
  });

  test("the billing contact is changed by owners and finance, all else in the organization not by finance", async () => {
    const [finance, admin] = [await person("finance"), await person("admin")];
    expect(await finance.as("PATCH", "/v1/organization", { contacts: { billing: "bill@acme.example" } })).toBe("200");
    expect(await finance.as("PATCH", "/v1/organization", { contacts: { billing: "b2@acme.example", security: "s@acme.example" } })).toBe(
      REFUSED,
    );
    expect(await admin.as("PATCH", "/v1/organization", { contacts: { security: "s@acme.example" } })).toBe("200");
    expect(await admin.as("PATCH", "/v1/organization", { contacts: { billing: null } })).toBe(REFUSED);
    expect(await admin.as("PATCH", "/v1/organization", { contacts: null })).toBe(REFUSED);
    expect((await server.api("GET", "/v1/organization")).body.contacts).toEqual({
      billing: "bill@acme.example",
      security: "s@acme.example",
    });
  });

  test("an admin neither makes, changes, invites nor removes an owner, and does not become one", async () => {
    const admin = await person("admin");
    const second = await person("owner");
    const pending = (await server.api("POST", "/v1/members", { user: "pending-owner@acme.example", role: "owner" })).body;
    expect(await admin.as("POST", "/v1/members", { user: "x@acme.example", role: "owner" })).toBe(REFUSED);
    expect(await admin.as("PATCH", `/v1/members/${admin.id}`, { role: "owner" })).toBe(REFUSED);
    expect(await admin.as("PATCH", `/v1/members/${second.id}`, { role: "viewer" })).toBe(REFUSED);
    expect(await admin.as("PATCH", `/v1/members/${second.id}`, { expiresAt: "2020-01-01" })).toBe(REFUSED);
    expect(await admin.as("POST", `/v1/members/${pending.id}/invitation`)).toBe(REFUSED);
    expect(await admin.as("DELETE", `/v1/members/${second.id}`)).toBe(REFUSED);
    expect(await admin.as("PATCH", `/v1/members/${admin.id}`, { role: "viewer" })).toBe("200");
  });

  test("only owners and admins read the audit record and invite", async () => {
    const pending = (await server.api("POST", "/v1/members", { user: "p@acme.example", role: "viewer" })).body;
    for (const [role, status] of [
      ["owner", "200"],
      ["admin", "200"],
      ["manager", REFUSED],
      ["member", REFUSED],
      ["viewer", REFUSED],
      ["finance", REFUSED],
    ] as const) {
      const { as } = await person(role);
      expect([role, await as("GET", "/v1/audit")]).toEqual([role, status]);
      expect([role, await as("POST", `/v1/members/${pending.id}/invitation`)]).toEqual([role, status === "200" ? "201" : REFUSED]);
    }
  });
});

describe("project roles", () => {
  test.each([
    ["owner", ADMIN_IN_PROJECT],
    ["admin", ADMIN_IN_PROJECT],
    ["editor", IN_PROJECT],
    ["member", {}],
    ["viewer", {}],
  ])("F-38 F-40 F-41 F-44 %s writes in the project what its table says, and nothing outside", async (role, allowed) => {
    expect(await tryEverything((await person("viewer", role)).as)).toEqual({ ...ALL_REFUSED, ...allowed });
  });

  test("F-39 F-42 only its owner and the organization's owners and admins delete a project", async () => {
    for (const role of ["admin", "editor", "member", "viewer"])
      expect(await (await person("manager", role)).as("DELETE", `/v1/projects/${project}`)).toBe(REFUSED);
    expect(await (await person("viewer", "owner")).as("DELETE", `/v1/projects/${project}`)).toBe("204");
    const another = (await server.api("POST", "/v1/projects", { name: "Another" })).body.id;
    expect(await (await person("admin")).as("DELETE", `/v1/projects/${another}`)).toBe("204");
  });

  test("F-43 owners and admins act everywhere without a membership", async () => {
    await (await person("admin")).as("POST", "/v1/projects", { name: "By an admin" });
    const made = (await server.api("GET", "/v1/projects")).body.items.find((p: { name: string }) => p.name === "By an admin");
    expect((await server.api("GET", `/v1/projects/${made.id}/members`)).body.items).toEqual([]);
  });

  test("F-34 F-35 a manager owns the projects they make, as a built-in member, and no others", async () => {
    const manager = await person("manager");
    const made = (await server.api("POST", "/v1/projects", { name: "Mine" }, manager.token)).body;
    expect((await server.api("GET", `/v1/projects/${made.id}/members`)).body.items).toMatchObject([
      { user: manager.user, role: "owner", builtIn: true, status: "active" },
    ]);
    expect(await manager.as("PATCH", `/v1/projects/${made.id}`, { description: "mine" })).toBe("200");
    expect(await manager.as("POST", "/v1/keys", { name: "mine", project: made.id })).toBe("201");
    expect(await manager.as("PATCH", `/v1/projects/${project}`, { description: "not mine" })).toBe(REFUSED);
    expect(await manager.as("POST", "/v1/keys", { name: "wide", defaultProject: made.id })).toBe(REFUSED);
  });

  test("F-34 a manager's projects count for the quota", async () => {
    await using free = await startTestServer({ plan: "free" });
    await free.api("POST", "/v1/members", { user: "m@acme.example", role: "manager", initialPassword: "long enough" });
    const { token } = (await free.api("POST", "/v1/login", { email: "m@acme.example", password: "long enough" }, null)).body;
    expect((await free.api("POST", "/v1/projects", { name: "Over" }, token)).body.code).toBe("quota_exceeded");
  });

  test("a project admin does not make, change or remove its owners", async () => {
    const admin = await person("viewer", "admin");
    const owner = await person("viewer", "owner");
    const { items } = (await server.api("GET", `/v1/projects/${project}/members`)).body;
    const idOf = (user: string) => items.find((m: { user: string }) => m.user === user).id;
    expect(await admin.as("POST", `/v1/projects/${project}/members`, { user: "x@acme.example", role: "owner" })).toBe(REFUSED);
    expect(await admin.as("PATCH", `/v1/projects/${project}/members/${idOf(admin.user)}`, { role: "owner" })).toBe(REFUSED);
    expect(await admin.as("DELETE", `/v1/projects/${project}/members/${idOf(owner.user)}`)).toBe(REFUSED);
    expect(await (await person("admin")).as("DELETE", `/v1/projects/${project}/members/${idOf(owner.user)}`)).toBe("204");
  });

  test("a key of a project is rotated and revoked by its editors, not by its viewers", async () => {
    const key = (await server.api("POST", "/v1/keys", { name: "k", project })).body;
    const [viewer, editor] = [await person("viewer", "viewer"), await person("viewer", "editor")];
    for (const path of ["rotate", "disable", "enable"]) expect(await viewer.as("POST", `/v1/keys/${key.id}/${path}`)).toBe(REFUSED);
    expect(await viewer.as("DELETE", `/v1/keys/${key.id}`)).toBe(REFUSED);
    expect(await editor.as("POST", `/v1/keys/${key.id}/rotate`)).toBe("200");
    expect(await editor.as("DELETE", `/v1/keys/${key.id}`)).toBe("204");
  });
});
