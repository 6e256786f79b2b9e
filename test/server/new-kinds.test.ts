import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../support/start-server.js";

let server: TestServer;
let project: string;
beforeEach(async () => {
  server = await startTestServer();
  project = (await server.api("POST", "/v1/projects", { name: "P" })).body.id;
});
afterEach(() => server.close());

type Answer = Awaited<ReturnType<TestServer["api"]>>;
const outcome = ({ status, body }: Answer) => (status < 300 ? status : `${status} ${body.code}`);
const post = (path: string, body: object, as?: string) => server.api("POST", path, body, as);

let people = 0;
/** The token of a new active member with this role, and with a role in the project if one is given. */
async function person(role: string, projectRole?: string): Promise<string> {
  const user = `person${++people}@acme.example`;
  const { id } = (await post("/v1/members", { user, role })).body;
  if (projectRole !== undefined) await post(`/v1/projects/${project}/members`, { user, role: projectRole });
  const { code } = (await server.api("POST", `/v1/members/${id}/invitation`)).body;
  return (await server.api("POST", "/v1/invitations/accept", { code }, null)).body.token;
}

const CHANNEL = { webhook: "https://hooks.acme.example/x" };
const SCOPED: readonly [string, string, object][] = [
  ["ProviderCredential", "/v1/credentials", { provider: "openai", value: "sk-one" }],
  ["RoutingPolicy", "/v1/routing-policies", { strategy: "fallback" }],
  ["Budget", "/v1/budgets", { amountUsd: 5, period: "month" }],
  ["Alert", "/v1/alerts", { event: "budget_exceeded", channel: CHANNEL }],
];

describe.each(SCOPED)("%s", (_kind, path, body) => {
  test.each([
    ["owner", undefined, 201, 201],
    ["admin", undefined, 201, 201],
    ["manager", undefined, "403 forbidden", "403 forbidden"],
    ["member", undefined, "403 forbidden", "403 forbidden"],
    ["member", "owner", 201, "403 forbidden"],
    ["member", "admin", 201, "403 forbidden"],
    ["member", "editor", 201, "403 forbidden"],
    ["member", "viewer", "403 forbidden", "403 forbidden"],
  ] as const)("is written by %s (in the project: %s)", async (role, projectRole, inProject, inOrganization) => {
    const as = await person(role, projectRole);
    const scoped = await post(path, { name: "in project", project, ...body }, as);
    expect(outcome(scoped)).toBe(inProject);
    expect(outcome(await post(path, { name: "in organization", ...body }, as))).toBe(inOrganization);
    const { id } = scoped.status === 201 ? scoped.body : (await post(path, { name: "in project", project, ...body })).body;
    expect(outcome(await server.api("DELETE", `${path}/${id}`, undefined, as))).toBe(inProject === 201 ? 204 : inProject);
  });
});

test("an environment is written by those who administer or edit its project", async () => {
  const path = `/v1/projects/${project}/environments`;
  const body = { baseUrl: "https://x.example" };
  const tried = async (role: string, projectRole?: string) =>
    outcome(await post(path, { name: `e${++people}`, ...body }, await person(role, projectRole)));
  expect([await tried("admin"), await tried("member", "admin"), await tried("member", "editor")]).toEqual([201, 201, 201]);
  expect([await tried("manager"), await tried("member", "viewer")]).toEqual(["403 forbidden", "403 forbidden"]);
});

test("roles and the security policy are written by owners and admins of the organization only", async () => {
  for (const [role, projectRole, expected] of [
    ["owner", undefined, [201, 200]],
    ["admin", undefined, [201, 200]],
    ["manager", "owner", ["403 forbidden", "403 forbidden"]],
    ["finance", undefined, ["403 forbidden", "403 forbidden"]],
  ] as const) {
    const as = await person(role, projectRole);
    const made = await post("/v1/roles", { name: `r${++people}`, permissions: ["project:read"] }, as);
    const changed = await server.api("PATCH", "/v1/security-policy", { sessionMinutes: people + 1 }, as);
    expect([outcome(made), outcome(changed)]).toEqual(expected);
  }
});

describe("a custom role", () => {
  const newRole = (name: string, permissions: string[]) => post("/v1/roles", { name, permissions });

  test("grants what its permissions say, in the whole organization, and nothing else", async () => {
    await newRole("models", ["model:write", "project:read"]);
    const as = await person("models");
    expect((await server.api("GET", "/v1/projects", undefined, as)).status).toBe(200);
    expect((await post("/v1/models", { identifier: "m", provider: "openai" }, as)).status).toBe(201);
    expect((await server.api("GET", "/v1/models", undefined, as)).body.items).toHaveLength(1);
    const others = [
      await server.api("GET", "/v1/keys", undefined, as),
      await post("/v1/keys", { name: "k" }, as),
      await post("/v1/projects", { name: "Q" }, as),
      await server.api("GET", "/v1/audit", undefined, as),
      await server.api("GET", "/v1/alert-events", undefined, as),
    ];
    expect(new Set(others.map(outcome))).toEqual(new Set(["403 forbidden"]));
  });

  test("given in a project, grants there only", async () => {
    const other = (await post("/v1/projects", { name: "Other" })).body.id;
    await newRole("nothing", ["organization:read"]);
    await newRole("keys", ["key:write"]);
    const as = await person("nothing", "keys");
    expect(outcome(await post("/v1/keys", { name: "a", project }, as))).toBe(201);
    expect(outcome(await post("/v1/keys", { name: "b", project: other }, as))).toBe("403 forbidden");
    expect((await server.api("GET", "/v1/keys", undefined, as)).body.items.map((k: { name: string }) => k.name)).toEqual(["a"]);
  });

  test("that reads the report reads the audit record and the alert events", async () => {
    await newRole("auditor", ["report:read"]);
    const as = await person("auditor");
    for (const path of ["/v1/audit", "/v1/alert-events"]) expect((await server.api("GET", path, undefined, as)).status).toBe(200);
  });

  test("is in force as soon as it changes", async () => {
    const { id } = (await newRole("x", ["project:read"])).body;
    const as = await person("x");
    expect(outcome(await server.api("GET", "/v1/keys", undefined, as))).toBe("403 forbidden");
    await server.api("PATCH", `/v1/roles/${id}`, { permissions: ["key:read"] });
    expect(outcome(await server.api("GET", "/v1/keys", undefined, as))).toBe(200);
    expect(outcome(await server.api("GET", "/v1/projects", undefined, as))).toBe("403 forbidden");
  });

  test("gives nobody more than it has itself", async () => {
    await newRole("people", ["member:write", "key:read"]);
    await newRole("readers", ["key:read"]);
    await newRole("writers", ["key:write"]);
    const as = await person("people", "people");
    const give = async (role: string) => outcome(await post("/v1/members", { user: `new${++people}@acme.example`, role }, as));
    for (const role of ["member", "viewer", "readers", "people"]) expect([role, await give(role)]).toEqual([role, 201]);
    for (const role of ["owner", "admin", "manager", "finance", "writers"])
      expect([role, await give(role)]).toEqual([role, "403 forbidden"]);
    const inProject = await post(`/v1/projects/${project}/members`, { user: `new${++people}@acme.example`, role: "owner" }, as);
    expect(outcome(inProject)).toBe("403 forbidden");
    const own = await server.api("GET", "/v1/members", undefined, as);
    const me = own.body.items.find((m: { role: string }) => m.role === "people");
    expect(outcome(await server.api("PATCH", `/v1/members/${me.id}`, { role: "admin" }, as))).toBe("403 forbidden");
  });

  test("is not deleted while a member of the organization or of a project has it", async () => {
    const { id } = (await newRole("x", ["project:read"])).body;
    const member = (await post("/v1/members", { user: "kim@acme.example", role: "x" })).body;
    const gone = async () => outcome(await server.api("DELETE", `/v1/roles/${id}`));
    expect(await gone()).toBe("409 role_in_use");
    await server.api("PATCH", `/v1/members/${member.id}`, { role: "member" });
    const inProject = (await post(`/v1/projects/${project}/members`, { user: "kim@acme.example", role: "x" })).body;
    expect(await gone()).toBe("409 role_in_use");
    await server.api("DELETE", `/v1/projects/${project}/members/${inProject.id}`);
    expect(await gone()).toBe(204);
  });

  test("has known permissions and a name of its own", async () => {
    const refused = await newRole("owner", ["project:read", "project:fly", "role:write"]);
    expect(outcome(refused)).toBe("422 invalid");
    expect(refused.body.errors.map((e: { property: string }) => e.property)).toEqual(["name", "permissions"]);
    expect(refused.body.detail).toContain("project:fly, role:write are not known");
  });
});

describe("a provider's credential", () => {
  const newModel = (credential: string, body: object = {}) =>
    post("/v1/models", { identifier: `m${++people}`, provider: "openai", credential, ...body });

  test("that a model names is not deleted, nor may a model name one that is not there or another project's", async () => {
    const shared = (await post("/v1/credentials", { name: "shared", provider: "openai", value: "sk-one" })).body.id;
    const own = (await post("/v1/credentials", { name: "own", project, provider: "openai", value: "sk-two" })).body.id;
    const made = await newModel(shared);
    expect([made.status, made.body.credential]).toEqual([201, shared]);
    expect([outcome(await newModel(own, { project })), outcome(await newModel(own)), outcome(await newModel("none"))]).toEqual([
      201,
      "422 invalid",
      "422 invalid",
    ]);
    expect(outcome(await server.api("DELETE", `/v1/credentials/${shared}`))).toBe("409 credential_in_use");
    await server.api("PATCH", `/v1/models/${made.body.id}`, { credential: null });
    expect(outcome(await server.api("DELETE", `/v1/credentials/${shared}`))).toBe(204);
  });

  test("is never shown, and replaced by another value", async () => {
    const { id } = (await post("/v1/credentials", { name: "c", provider: "openai", value: "sk-very-secret" })).body;
    expect((await server.api("PATCH", `/v1/credentials/${id}`, { value: "sk-other-secret" })).status).toBe(200);
    const seen = [
      await server.api("GET", `/v1/credentials/${id}`),
      await server.api("GET", "/v1/credentials"),
      await server.api("GET", "/v1/audit"),
    ];
    expect(JSON.stringify(seen.map(({ body }) => body))).not.toMatch(/sk-/);
  });

  test("is kept by a change that says nothing of it, and is missing when it is cleared", async () => {
    const { id } = (await post("/v1/credentials", { name: "c", provider: "openai", value: "sk-very-secret" })).body;
    expect((await server.api("PATCH", `/v1/credentials/${id}`, {})).status).toBe(200);
    expect(outcome(await server.api("PATCH", `/v1/credentials/${id}`, { value: null }))).toBe("422 invalid");
  });
});
