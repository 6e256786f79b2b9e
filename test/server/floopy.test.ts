import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../support/start-server.js";

const DEFAULT = "00000000-0000-0000-0000-000000000000";
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

let server: TestServer;
let now: Date;
const start = async (plan: "free" | "starter" | "pro" | "enterprise" = "pro") => {
  server = await startTestServer({ profile: "floopy", plan, now: () => now });
};
beforeEach(async () => {
  now = new Date("2026-09-10T10:00:00Z");
  await start();
});
afterEach(() => server.close());
const restart = async (plan: "free" | "starter" | "enterprise") => {
  await server.close();
  await start(plan);
};

type Answer = Awaited<ReturnType<TestServer["api"]>>;
const post = async (path: string, body?: unknown, as?: string) => (await server.api("POST", path, body, as)).body;
const outcome = ({ status, body }: Answer) => (status < 300 ? status : `${status} ${body.error.code}`);
const newProject = (name: string, as?: string) => post("/v1/projects", { name }, as);
const newKey = (body: object = {}) => post("/v1/keys", { name: `k${Math.random()}`, ...body });
const chat = (token: string, body: object = {}, project?: string) =>
  server.api(
    "POST",
    "/v1/chat/completions",
    { model: "gpt-4o", ...body },
    token,
    project === undefined ? {} : { "floopy-project-id": project },
  );
const projectOf = async (token: string, project?: string) => (await chat(token, {}, project)).body.gatehouse?.project;
/** The token of a new person with this role in the organization. */
async function person(email: string, role: string): Promise<string> {
  const member = await post("/v1/members", { email, role });
  const { code } = await post(`/v1/members/${member.id}/invitation`);
  return (await post("/v1/invitations/accept", { code })).token;
}

test("only Floopy's objects have an address, and a refusal is { error: { code, message } }", async () => {
  for (const path of [
    "/v1/models",
    "/v1/roles",
    "/v1/security-policy",
    `/v1/projects/${DEFAULT}/tiers`,
    `/v1/projects/${DEFAULT}/environments`,
  ]) {
    expect(outcome(await server.api("GET", path))).toBe("404 no_such_route");
  }
  const { status, body } = await server.api("POST", "/v1/projects", {});
  expect(status).toBe(400);
  expect(body).toEqual({ error: { code: "invalid", message: "name: is required" } });
});

describe("projects", () => {
  test("F-05 F-11 F-12 the Default project is there from the start and takes what names no project", async () => {
    const { body } = await server.api("GET", "/v1/projects");
    expect(body.items).toMatchObject([{ id: DEFAULT, name: "Default" }]);
    const { token } = await newKey();
    expect(await projectOf(token)).toBe(DEFAULT);
    expect(outcome(await server.api("DELETE", `/v1/projects/${DEFAULT}`))).toBe("409 built_in");
  });

  test("F-15 F-16 F-17 name, slug and description have their limits, ids are UUIDs", async () => {
    const made = await server.api("POST", "/v1/projects", {
      name: "n".repeat(100),
      slug: "s".repeat(63),
      description: "d".repeat(500),
      color: "#fff",
      icon: "cart",
    });
    expect([made.status, made.body.id]).toEqual([201, expect.stringMatching(UUID)]);
    const refused = async (body: object) => outcome(await server.api("POST", "/v1/projects", body));
    expect(await refused({ name: "n".repeat(101) })).toBe("400 invalid");
    expect(await refused({ name: "a", slug: "s".repeat(64) })).toBe("400 invalid");
    expect(await refused({ name: "b", slug: "Upper_case" })).toBe("400 invalid");
    expect(await refused({ name: "c", description: "d".repeat(501) })).toBe("400 invalid");
    expect((await server.api("POST", "/v1/projects", { name: "without" })).body.description).toBeUndefined();
  });

  test("F-04 a project has no environment", async () => {
    expect(outcome(await server.api("POST", "/v1/projects", { name: "a", environment: "production" }))).toBe("400 invalid");
  });

  test.each([
    ["free", 1],
    ["starter", 3],
    ["pro", 10],
  ] as const)("F-19 the plan %s allows %i projects, the Default project among them", async (plan, most) => {
    if (plan !== "pro") await restart(plan);
    for (let n = 1; n < most; n++) expect((await server.api("POST", "/v1/projects", { name: `p${n}` })).status).toBe(201);
    expect(outcome(await server.api("POST", "/v1/projects", { name: "one more" }))).toBe("409 quota_exceeded");
  });

  test("F-19 the plan enterprise allows any number", async () => {
    await restart("enterprise");
    for (let n = 1; n <= 11; n++) expect((await server.api("POST", "/v1/projects", { name: `p${n}` })).status).toBe(201);
  });

  test("F-54 keys, limits, members and budgets of a project are in every plan", async () => {
    await restart("free");
    expect((await server.api("POST", "/v1/keys", { name: "k", project_id: DEFAULT })).status).toBe(201);
    expect((await server.api("POST", "/v1/environment-limits", { environment: "production", rate_limit_rpm: 5 })).status).toBe(201);
    expect((await server.api("POST", `/v1/projects/${DEFAULT}/members`, { email: "kim@acme.example", role: "member" })).status).toBe(201);
    expect((await server.api("POST", "/v1/budgets", { name: "b", project_id: DEFAULT, amount_usd: 5, period: "month" })).status).toBe(201);
  });
});

describe("the project of a request", () => {
  let a: { id: string };
  let b: { id: string };
  beforeEach(async () => {
    a = await newProject("A");
    b = await newProject("B");
  });

  test("F-07 F-08 F-20 a locked key serves its project, with its header or none, and refuses another", async () => {
    const { token } = await newKey({ project_id: a.id });
    expect([await projectOf(token), await projectOf(token, a.id)]).toEqual([a.id, a.id]);
    expect(outcome(await chat(token, {}, b.id))).toBe("403 project_mismatch");
  });

  test("F-06 F-09 F-10 an unlocked key uses the header, else its default", async () => {
    const { token } = await newKey({ default_project_id: a.id });
    expect([await projectOf(token), await projectOf(token, b.id)]).toEqual([a.id, b.id]);
    expect(outcome(await chat(token, {}, "a"))).toBe("400 unknown_project");
  });

  test("F-02 F-03 every request is counted for one project", async () => {
    const { token } = await newKey({ project_id: a.id });
    await chat(token, { costUsd: 0.25 });
    const spend = async (id: string) => (await server.api("GET", `/v1/projects/${id}`)).body.total_monthly_spend_usd;
    expect([await spend(a.id), await spend(b.id)]).toEqual([0.25, 0]);
  });
});

describe("keys and environments", () => {
  test("F-55 a secret is shown once and begins with flo_sk_live_", async () => {
    const { id, token, masked_token } = await newKey();
    expect(token).toMatch(/^flo_sk_live_\S{20,}$/);
    expect(masked_token).not.toBe(token);
    const read = await server.api("GET", `/v1/keys/${id}`);
    expect(JSON.stringify(read.body)).not.toContain(token);
    await server.api("DELETE", `/v1/keys/${id}`);
    expect(outcome(await chat(token))).toBe("401 key_revoked");
  });

  test("F-23 F-24 F-25 the environment is one of four, optional, set when the key is made or edited", async () => {
    const { id, token } = await newKey();
    const seen = async () => (await chat(token)).body.gatehouse.environment;
    expect(await seen()).toBeUndefined();
    for (const environment of ["development", "staging", "production", "other"]) {
      expect((await server.api("PATCH", `/v1/keys/${id}`, { environment })).status).toBe(200);
      expect(await seen()).toBe(environment);
    }
    expect(outcome(await server.api("PATCH", `/v1/keys/${id}`, { environment: "prod" }))).toBe("400 invalid");
    expect((await newKey({ environment: "staging" })).environment).toBe("staging");
  });

  test("F-25 a request is counted to the environment that its key had then", async () => {
    await server.api("POST", "/v1/environment-limits", { environment: "production", monthly_cost_usd: 100 });
    const { id, token } = await newKey({ environment: "development" });
    await chat(token, { costUsd: 150 });
    await server.api("PATCH", `/v1/keys/${id}`, { environment: "production" });
    expect(outcome(await chat(token, { costUsd: 100 }))).toBe(200);
    await server.api("PATCH", `/v1/keys/${id}`, { environment: "development" });
    const production = await newKey({ environment: "production" });
    expect(outcome(await chat(production.token))).toBe("402 cap_reached");
  });

  test("F-13 F-26 F-27 a limit of requests per minute holds over all keys of an environment", async () => {
    const a = await newProject("A");
    const made = await server.api("POST", "/v1/environment-limits", { environment: "production", rate_limit_rpm: 2, monthly_cost_usd: 10 });
    expect(made.body).toMatchObject({ environment: "production", rate_limit_rpm: 2, monthly_cost_usd: 10 });
    const [one, two] = [await newKey({ project_id: a.id, environment: "production" }), await newKey({ environment: "production" })];
    const other = await newKey({ project_id: a.id, environment: "development" });
    await chat(one.token);
    await chat(two.token);
    const over = await chat(one.token);
    expect([outcome(over), over.headers["retry-after"], outcome(await chat(other.token))]).toEqual(["429 rate_limited", "60", 200]);
  });

  test("F-28 F-29 at the monthly cap the environment gets 402 until cost is below 95 % of the cap", async () => {
    await server.api("POST", "/v1/environment-limits", { environment: "production", monthly_cost_usd: 100 });
    const cap = (monthly_cost_usd: number) => server.api("PATCH", "/v1/environment-limits/production", { monthly_cost_usd });
    const [key, other] = [await newKey({ environment: "production" }), await newKey({ environment: "staging" })];
    await chat(key.token, { costUsd: 99 });
    expect(outcome(await chat(key.token, { costUsd: 1 }))).toBe(200);
    expect([outcome(await chat(key.token)), outcome(await chat(other.token))]).toEqual(["402 cap_reached", 200]);
    await cap(105);
    expect(outcome(await chat(key.token))).toBe("402 cap_reached");
    await cap(106);
    expect(outcome(await chat(key.token))).toBe(200);
    await cap(100);
    expect(outcome(await chat(key.token))).toBe("402 cap_reached");
    now = new Date("2026-10-01T00:00:00Z");
    expect(outcome(await chat(key.token))).toBe(200);
  });

  test("F-57 F-58 a key over its requests per minute gets 429 with Retry-After", async () => {
    const { token } = await newKey({ rates: { requests_per_minute: 1 } });
    await chat(token);
    const over = await chat(token);
    expect([outcome(over), over.headers["retry-after"]]).toEqual(["429 rate_limited", "60"]);
  });

  test("F-61 a provider's key is never shown again", async () => {
    const made = await server.api("POST", "/v1/credentials", { name: "openai", provider: "openai", value: "sk-one-two-three" });
    expect(made.status).toBe(201);
    const read = await server.api("GET", `/v1/credentials/${made.body.id}`);
    expect(JSON.stringify([made.body, read.body])).not.toContain("sk-one-two-three");
  });
});

describe("roles of the organization", () => {
  test("F-60 an organization has exactly one owner", async () => {
    expect(outcome(await server.api("POST", "/v1/members", { email: "ada@acme.example", role: "owner" }))).toBe("409 owner_exists");
    const admin = await post("/v1/members", { email: "ada@acme.example", role: "admin" });
    expect(outcome(await server.api("PATCH", `/v1/members/${admin.id}`, { role: "owner" }))).toBe("409 owner_exists");
    const [owner] = (await server.api("GET", "/v1/members")).body.items;
    expect(outcome(await server.api("PATCH", `/v1/members/${owner.id}`, { role: "admin" }))).toBe("409 last_owner");
    expect(outcome(await server.api("DELETE", `/v1/members/${owner.id}`))).toBe("409 last_owner");
    expect(outcome(await server.api("POST", "/v1/members", { email: "x@acme.example", role: "viewer" }))).toBe("400 invalid");
  });

  test("F-33 F-34 F-35 a manager creates projects up to the quota and manages those, and no others", async () => {
    const foreign = await newProject("Foreign");
    const lin = await person("lin@acme.example", "manager");
    const own = await newProject("Own", lin);
    expect(own.id).toMatch(UUID);
    const change = (id: string) => server.api("PATCH", `/v1/projects/${id}`, { description: "d" }, lin);
    expect([outcome(await change(own.id)), outcome(await change(foreign.id))]).toEqual([200, "403 forbidden"]);
    const key = (project_id?: string) => server.api("POST", "/v1/keys", { name: `k-${project_id}`, project_id }, lin);
    expect([outcome(await key(own.id)), outcome(await key(foreign.id)), outcome(await key())]).toEqual([
      201,
      "403 forbidden",
      "403 forbidden",
    ]);
    for (let n = 3; n < 10; n++) await newProject(`p${n}`);
    expect(outcome(await server.api("POST", "/v1/projects", { name: "too many" }, lin))).toBe("409 quota_exceeded");
    const assigned = await server.api("POST", `/v1/projects/${foreign.id}/members`, { email: "lin@acme.example", role: "admin" });
    expect([assigned.status, outcome(await change(foreign.id))]).toEqual([201, 200]);
    const other = await server.api("DELETE", `/v1/projects/${foreign.id}`, undefined, lin);
    expect(outcome(other)).toBe("403 forbidden");
  });

  test("F-33 manager lies between admin and member: a member creates no projects, and only an admin invites people", async () => {
    const [ada, lin, kim] = [
      await person("ada@acme.example", "admin"),
      await person("lin@acme.example", "manager"),
      await person("kim@acme.example", "member"),
    ];
    const create = async (as: string, name: string) => outcome(await server.api("POST", "/v1/projects", { name }, as));
    const invite = async (as: string, email: string) => outcome(await server.api("POST", "/v1/members", { email, role: "member" }, as));
    expect([await create(ada, "A"), await create(lin, "L"), await create(kim, "K")]).toEqual([201, 201, "403 forbidden"]);
    expect([await invite(ada, "a@acme.example"), await invite(lin, "l@acme.example"), await invite(kim, "k@acme.example")]).toEqual([
      201,
      "403 forbidden",
      "403 forbidden",
    ]);
    expect(outcome(await server.api("GET", "/v1/projects", undefined, kim))).toBe(200);
  });

  test("F-36 a manager reaches no settings, no limits, no provider configuration and no constraints", async () => {
    const lin = await person("lin@acme.example", "manager");
    for (const [method, path, body] of [
      ["GET", "/v1/organization"],
      ["PATCH", "/v1/organization", { name: "Mine" }],
      ["GET", "/v1/environment-limits"],
      ["POST", "/v1/environment-limits", { environment: "production", rate_limit_rpm: 1 }],
      ["GET", "/v1/credentials"],
      ["POST", "/v1/credentials", { name: "c", provider: "openai", value: "sk-x" }],
      ["POST", "/v1/members", { email: "x@acme.example", role: "member" }],
      ["GET", "/v1/constraints"],
      ["GET", "/v1/alert-events"],
    ] as const) {
      expect([path, outcome(await server.api(method, path, body, lin))]).toEqual([path, "403 forbidden"]);
    }
  });
});

describe("roles of a project", () => {
  let a: { id: string };
  const inA = async (email: string, role: string): Promise<string> => {
    const token = await person(email, "manager");
    await server.api("POST", `/v1/projects/${a.id}/members`, { email, role });
    return token;
  };
  beforeEach(async () => {
    a = await newProject("A");
  });

  test("F-38 the roles are owner, admin and member", async () => {
    for (const role of ["owner", "admin", "member"]) {
      expect((await server.api("POST", `/v1/projects/${a.id}/members`, { email: `${role}@acme.example`, role })).status).toBe(201);
    }
    expect(outcome(await server.api("POST", `/v1/projects/${a.id}/members`, { email: "e@acme.example", role: "editor" }))).toBe(
      "400 invalid",
    );
  });

  test("F-39 F-40 an admin manages members, keys and settings; only an owner deletes the project", async () => {
    const [owner, admin] = [await inA("lin@acme.example", "owner"), await inA("kim@acme.example", "admin")];
    expect((await server.api("PATCH", `/v1/projects/${a.id}`, { description: "d" }, admin)).status).toBe(200);
    const key = await server.api("POST", "/v1/keys", { name: "k", project_id: a.id }, admin);
    expect([key.status, (await server.api("DELETE", `/v1/keys/${key.body.id}`, undefined, admin)).status]).toEqual([201, 204]);
    expect((await server.api("POST", `/v1/projects/${a.id}/members`, { email: "eva@acme.example", role: "member" }, admin)).status).toBe(
      201,
    );
    expect((await server.api("POST", "/v1/budgets", { name: "b", project_id: a.id, amount_usd: 1, period: "month" }, admin)).status).toBe(
      201,
    );
    expect(outcome(await server.api("DELETE", `/v1/projects/${a.id}`, undefined, admin))).toBe("403 forbidden");
    expect(outcome(await server.api("DELETE", `/v1/projects/${a.id}`, undefined, owner))).toBe(204);
  });

  test("F-41 F-44 a member only views, and adds nobody", async () => {
    const member = await inA("kim@acme.example", "member");
    expect((await server.api("GET", `/v1/projects/${a.id}`, undefined, member)).status).toBe(200);
    expect((await server.api("GET", `/v1/projects/${a.id}/members`, undefined, member)).status).toBe(200);
    const writes = [
      await server.api("PATCH", `/v1/projects/${a.id}`, { description: "d" }, member),
      await server.api("POST", "/v1/keys", { name: "k", project_id: a.id }, member),
      await server.api("POST", `/v1/projects/${a.id}/members`, { email: "eva@acme.example", role: "member" }, member),
    ];
    expect(writes.map(outcome)).toEqual(["403 forbidden", "403 forbidden", "403 forbidden"]);
    const stranger = await person("eva@acme.example", "manager");
    expect(outcome(await server.api("POST", `/v1/projects/${a.id}/members`, { email: "x@acme.example", role: "member" }, stranger))).toBe(
      "403 forbidden",
    );
  });

  test("F-42 F-43 F-44 an admin of the organization administers every project without being its member", async () => {
    const bea = await person("bea@acme.example", "admin");
    const added = await server.api("POST", `/v1/projects/${a.id}/members`, { email: "kim@acme.example", role: "admin" }, bea);
    expect(added.status).toBe(201);
    expect((await server.api("POST", "/v1/keys", { name: "k", project_id: a.id }, bea)).status).toBe(201);
    expect((await server.api("PATCH", `/v1/projects/${a.id}`, { name: "B" }, bea)).status).toBe(200);
    const listed = async () => (await server.api("GET", `/v1/projects/${a.id}/members`)).body.items.map((m: { email: string }) => m.email);
    expect(await listed()).toEqual(["kim@acme.example"]);
    expect((await server.api("DELETE", `/v1/projects/${a.id}/members/${added.body.id}`, undefined, bea)).status).toBe(204);
    await server.api("POST", `/v1/projects/${a.id}/members`, { email: "bea@acme.example", role: "member" });
    expect(await listed()).toEqual(["bea@acme.example"]);
  });
});

describe("budgets and alerts of a project", () => {
  let a: { id: string };
  let b: { id: string };
  beforeEach(async () => {
    a = await newProject("A");
    b = await newProject("B");
  });
  const newBudget = (body: object) => server.api("POST", "/v1/budgets", { name: "b", period: "month", amount_usd: 5, ...body });

  test("F-45 F-46 count its requests only", async () => {
    expect((await newBudget({ project_id: a.id, on_breach: "block" })).body).toMatchObject({ project_id: a.id, on_breach: "block" });
    const [inA, inB] = [await newKey({ project_id: a.id }), await newKey({ project_id: b.id })];
    await chat(inB.token, { costUsd: 9 });
    expect(outcome(await chat(inA.token, { costUsd: 5 }))).toBe(200);
    expect([outcome(await chat(inA.token)), outcome(await chat(inB.token))]).toEqual(["402 budget_exceeded", 200]);
  });

  test("F-47 revoke its keys only", async () => {
    await newBudget({ project_id: a.id, on_breach: "revoke" });
    const [inA, inB, free] = [await newKey({ project_id: a.id }), await newKey({ project_id: b.id }), await newKey()];
    await chat(inA.token, { costUsd: 5 });
    expect([outcome(await chat(inA.token)), outcome(await chat(inB.token)), outcome(await chat(free.token))]).toEqual([
      "401 key_revoked",
      200,
      200,
    ]);
    expect((await server.api("GET", `/v1/keys/${inA.id}`)).body.status).toBe("revoked");
  });

  test("F-49 fire only when that project passes the threshold", async () => {
    const channel = { webhook: "https://hooks.acme.example/x", secret: "hush-hush" };
    const made = await server.api("POST", "/v1/alerts", {
      name: "of a",
      project_id: a.id,
      event: "alert_triggered",
      threshold: 3,
      channel,
    });
    expect([made.status, JSON.stringify(made.body).includes("hush-hush")]).toEqual([201, false]);
    const [inA, inB] = [await newKey({ project_id: a.id }), await newKey({ project_id: b.id })];
    const events = async () => (await server.api("GET", "/v1/alert-events")).body.items;
    await chat(inB.token, { costUsd: 9 });
    expect(await events()).toEqual([]);
    await chat(inA.token, { costUsd: 3 });
    expect(await events()).toMatchObject([{ event: "alert_triggered", name: "of a", project: a.id, value: 3, threshold: 3 }]);
  });
});

describe("constraints", () => {
  const UNSET = {
    max_regression: null,
    max_cost_increase: null,
    confidence_threshold: null,
    min_samples_before_promotion: null,
    max_outcome_variance: null,
    max_cost_drop_without_validation: null,
    require_shadow_before_live: false,
    defaults: expect.objectContaining({ max_regression: expect.any(Number) }),
  };
  const keyWith = async (permissions: object): Promise<string> => (await newKey(permissions)).token;

  test("F-64 a write replaces everything: what is absent is the platform's again", async () => {
    const token = await keyWith({ read_permission: true, write_permission: true });
    expect((await server.api("GET", "/v1/constraints", undefined, token)).body).toEqual(UNSET);
    const first = { max_regression: { value: 0.1, window: "rolling_7d" }, confidence_threshold: 0.9, require_shadow_before_live: true };
    expect((await server.api("PUT", "/v1/constraints", first, token)).body).toEqual({ ...UNSET, ...first });
    await server.api("PUT", "/v1/constraints", { max_outcome_variance: 1 }, token);
    expect((await server.api("GET", "/v1/constraints", undefined, token)).body).toEqual({ ...UNSET, max_outcome_variance: 1 });
    await server.api("PUT", "/v1/constraints", {}, token);
    expect((await server.api("GET", "/v1/constraints", undefined, token)).body).toEqual(UNSET);
    expect((await server.api("PATCH", "/v1/constraints", {}, token)).status).toBe(404);
  });

  test.each([
    ["max_regression", { value: 0.51, window: "rolling_7d" }],
    ["max_regression", { value: 0.1, window: "rolling_30d" }],
    ["max_cost_increase", { value: 5.1, window: "rolling_24h" }],
    ["confidence_threshold", 1.1],
    ["min_samples_before_promotion", 0],
    ["min_samples_before_promotion", 100_001],
    ["min_samples_before_promotion", 1.5],
    ["max_outcome_variance", 0],
    ["max_cost_drop_without_validation", 1.01],
    ["require_shadow_before_live", "yes"],
  ])("F-65 %s of %j is out of range", async (field, value) => {
    const answer = await server.api("PUT", "/v1/constraints", { confidence_threshold: 0.5, [field]: value });
    expect(outcome(answer)).toBe(`400 out_of_range_${field}`);
    expect((await server.api("GET", "/v1/constraints")).body).toEqual(UNSET);
  });

  test("need the permission of the HTTP method, and the plan Pro", async () => {
    const [reads, writes] = [await keyWith({ read_permission: true, write_permission: false }), await keyWith({ write_permission: true })];
    expect(outcome(await server.api("PUT", "/v1/constraints", {}, reads))).toBe("403 write_permission");
    expect(outcome(await server.api("GET", "/v1/constraints", undefined, writes))).toBe("403 read_permission");
    await restart("starter");
    const refused = await server.api("GET", "/v1/constraints");
    expect(refused.body.error).toMatchObject({ code: "plan_required", feature: "constraints_api" });
  });

  test("F-66 a change is audited with the digests of before and after", async () => {
    await server.api("PUT", "/v1/constraints", { confidence_threshold: 0.5 });
    const [entry] = (await server.api("GET", "/v1/audit?limit=1")).body.items;
    expect(entry).toMatchObject({ kind: "Constraints", before: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } });
    expect(entry.after.sha256).not.toBe(entry.before.sha256);
  });
});
