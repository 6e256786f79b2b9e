// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Qodex writes variables like this.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../support/start-server.js";

let server: TestServer;
let now: Date;
let shop: { id: string };
let ada: string;
let kim: string;
beforeEach(async () => {
  now = new Date("2026-09-10T10:00:00Z");
  server = await startTestServer({ profile: "qodex", now: () => now });
  [ada, kim] = [await register("ada@acme.example"), await register("kim@acme.example")];
  shop = await post("/api/projects", { name: "Shop", slug: "shop" }, ada);
});
afterEach(() => server.close());

type Answer = Awaited<ReturnType<TestServer["api"]>>;
const call = (method: string, path: string, body?: unknown, as: string | null = ada) => server.api(method, path, body, as);
const post = async (path: string, body?: unknown, as: string | null = ada) => (await call("POST", path, body, as)).body;
const outcome = ({ status, body }: Answer) => (status < 300 ? status : `${status} ${body.code}`);
const register = async (email: string): Promise<string> =>
  (await post("/api/auth/register", { email, password: "correct horse" }, null)).token;
const invite = (email: string, role: string, as = ada) => call("POST", `/api/projects/${shop.id}/members`, { email, role }, as);
const staging = (body: object = {}) =>
  call("POST", `/api/projects/${shop.id}/environments`, { name: "staging", baseUrl: "https://staging.shop.example", ...body });
const newKey = (body: object = {}, as = ada) => call("POST", "/api/api-keys", { name: "ci", project: shop.id, ...body }, as);

test("Q-09 there is no organization, and only Qodex's objects have an address", async () => {
  for (const path of [
    "organization",
    "members",
    "roles",
    "security-policy",
    "models",
    "budgets",
    "environment-limits",
    "routing-policies",
  ]) {
    expect(outcome(await call("GET", `/api/${path}`))).toBe("404 no_such_route");
  }
});

describe("the boundary of a project", () => {
  test("Q-11 an account has an e-mail and a password", async () => {
    expect((await call("POST", "/api/auth/register", { email: "eva@acme.example", password: "short" }, null)).status).toBe(422);
    expect(outcome(await call("POST", "/api/auth/register", { email: "ADA@acme.example", password: "correct horse" }, null))).toBe(
      "409 already_exists",
    );
  });

  test("Q-02 Q-03 Q-12 Q-13 Q-42 who is no member sees nothing of it, whatever the role elsewhere", async () => {
    const own = await post("/api/projects", { name: "Own" }, kim);
    await staging();
    const key = (await newKey()).body;
    const credential = (await call("POST", "/api/byok", { name: "own", project: shop.id, provider: "openai", apiKey: "sk-one" })).body;
    for (const path of [
      `/api/projects/${shop.id}`,
      `/api/projects/${shop.id}/members`,
      `/api/projects/${shop.id}/environments`,
      `/api/api-keys/${key.id}`,
      `/api/byok/${credential.id}`,
      "/api/projects/shop/usage",
    ]) {
      expect([path, outcome(await call("GET", path, undefined, kim))]).toEqual([path, "403 forbidden"]);
      expect([path, outcome(await call("GET", path))]).toEqual([path, 200]);
    }
    expect(outcome(await call("POST", "/api/api-keys", { name: "x", project: shop.id }, kim))).toBe("403 forbidden");
    for (const path of ["/api/api-keys", "/api/byok", "/api/schedules"])
      expect((await call("GET", path, undefined, kim)).body.items).toEqual([]);
    const listed = async (as: string) =>
      (await call("GET", "/api/projects", undefined, as)).body.items.map((p: { name: string }) => p.name);
    expect([await listed(ada), await listed(kim)]).toEqual([["Shop"], ["Own"]]);
    expect(own.id).not.toBe(shop.id);
  });

  test("Q-02 names of keys are each project's own", async () => {
    const own = await post("/api/projects", { name: "Own" }, kim);
    expect([(await newKey()).status, (await newKey({ project: own.id }, kim)).status, outcome(await newKey())]).toEqual([
      201,
      201,
      "409 already_exists",
    ]);
    expect((await newKey({ project: undefined })).status).toBe(403);
  });
});

describe("members", () => {
  test("Q-06 Q-41 an invitation of an account is active at once, any other waits for the account", async () => {
    expect((await invite("kim@acme.example", "Member")).body).toMatchObject({
      email: "kim@acme.example",
      role: "Member",
      status: "active",
    });
    expect((await call("GET", `/api/projects/${shop.id}`, undefined, kim)).status).toBe(200);
    const later = (await invite("eva@acme.example", "Member")).body;
    expect(later.status).toBe("pending");
    const eva = await register("eva@acme.example");
    expect((await call("GET", `/api/projects/${shop.id}/members/${later.id}`, undefined, eva)).body.status).toBe("active");
    expect(outcome(await invite("x@acme.example", "Owner"))).toBe("422 invalid");
  });

  test("Q-37 a project keeps an active Admin: neither demoting, removing nor leaving takes the last one", async () => {
    const [creator] = (await call("GET", `/api/projects/${shop.id}/members`)).body.items;
    expect(creator).toMatchObject({ email: "ada@acme.example", role: "Admin" });
    const path = `/api/projects/${shop.id}/members/${creator.id}`;
    await invite("not-yet@acme.example", "Admin");
    expect(outcome(await call("PATCH", path, { role: "Member" }))).toBe("409 last_admin");
    expect(outcome(await call("DELETE", path))).toBe("409 last_admin");
    await invite("kim@acme.example", "Admin");
    expect(outcome(await call("DELETE", path, undefined, kim))).toBe(204);
    const { items } = (await call("GET", `/api/projects/${shop.id}/members`, undefined, kim)).body;
    expect(items.map((m: { email: string }) => m.email)).toEqual(["not-yet@acme.example", "kim@acme.example"]);
  });

  test("Q-38 Q-39 only admins invite, change roles, configure, bring keys and archive; members read and run", async () => {
    await invite("kim@acme.example", "Member");
    const member = (await invite("eva@acme.example", "Member")).body;
    const environment = (await staging()).body;
    const writes = [
      await invite("x@acme.example", "Member", kim),
      await call("PATCH", `/api/projects/${shop.id}/members/${member.id}`, { role: "Admin" }, kim),
      await call("DELETE", `/api/projects/${shop.id}/members/${member.id}`, undefined, kim),
      await call("PATCH", `/api/projects/${shop.id}`, { description: "d" }, kim),
      await call("PATCH", `/api/projects/${shop.id}`, { status: "archived" }, kim),
      await call("PATCH", `/api/projects/${shop.id}/environments/${environment.id}`, { baseUrl: "https://x.example" }, kim),
      await call("POST", "/api/byok", { name: "own", project: shop.id, provider: "openai", apiKey: "sk-one" }, kim),
    ];
    expect(new Set(writes.map(outcome))).toEqual(new Set(["403 forbidden"]));
    expect((await call("GET", `/api/projects/${shop.id}/environments`, undefined, kim)).body.items).toHaveLength(1);
    expect(outcome(await call("POST", "/api/projects/shop/llm-calls", { costUsd: 0 }, kim))).toBe(200);
  });

  test("Q-40 a member makes, rotates and revokes own keys only, an admin all", async () => {
    await invite("kim@acme.example", "Member");
    const [hers, own] = [(await newKey()).body, (await newKey({ name: "kim" }, kim)).body];
    const tried = async (id: string, as: string) => [
      outcome(await call("PATCH", `/api/api-keys/${id}`, { name: `n${id}` }, as)),
      outcome(await call("POST", `/api/api-keys/${id}/rotate`, {}, as)),
      outcome(await call("DELETE", `/api/api-keys/${id}`, undefined, as)),
    ];
    expect(await tried(hers.id, kim)).toEqual(["403 not_own_key", "403 not_own_key", "403 not_own_key"]);
    expect(await tried(own.id, kim)).toEqual([200, 200, 204]);
    expect(await tried(hers.id, ada)).toEqual([200, 200, 204]);
  });
});

describe("environments", () => {
  test("Q-08 Q-17 Q-18 Q-20 a project has several, each with its addresses, variables and constraints", async () => {
    const constraints = { readOnly: true, maxRequestsPerSecond: 5, allowDestructiveTests: false, allowSecurityTesting: false };
    const given = {
      name: "production",
      baseUrl: "https://shop.example",
      apiBaseUrl: "https://api.shop.example",
      variables: { AUTH_EMAIL: "t@acme.example" },
      constraints,
    };
    const made = await call("POST", `/api/projects/${shop.id}/environments`, given);
    expect([made.status, made.body]).toEqual([201, expect.objectContaining(given)]);
    expect((await staging()).status).toBe(201);
    expect(outcome(await staging())).toBe("409 already_exists");
    const refused = await staging({ name: "x", baseUrl: "not absolute", constraints: { maxRequestsPerSecond: 0 } });
    expect(refused.body.errors.map((e: { property: string }) => e.property).sort()).toEqual([
      "baseUrl",
      "constraints.maxRequestsPerSecond",
    ]);
  });

  test("Q-19 Q-54 Q-56 three kinds of sign-in and named profiles, and no secret is shown again", async () => {
    const made = await staging({
      authToken: "static-secret",
      authPassword: "pass-secret",
      apiLoginConfig: {
        url: "${baseUrl}/login",
        method: "POST",
        headers: { "content-type": "application/json" },
        body: "{}",
        tokenPath: "$.token",
      },
      uiLoginSteps: ["open ${baseUrl}", "sign in"],
      authProfiles: { admin: { flavor: "api", token: "admin-secret" }, viewer: { flavor: "ui", uiLoginSteps: ["open"] } },
    });
    expect(made.status).toBe(201);
    const { body } = await call("GET", `/api/projects/${shop.id}/environments/${made.body.id}`);
    expect(body).toMatchObject({
      apiLoginConfig: { url: "${baseUrl}/login", tokenPath: "$.token" },
      authProfiles: { admin: { flavor: "api" }, viewer: { flavor: "ui" } },
    });
    expect(JSON.stringify([made.body, body])).not.toMatch(/-secret/);
  });

  test.each([
    ["${baseUrl}/login", 201],
    ["${apiBaseUrl}/login", 201],
    ["${BASE_URL}/login", 201],
    ["${LOGIN_HOST}/login", 201],
    ["https://id.acme.example/login", 201],
    ["/login", "422 invalid"],
    ["${unknown}/login", "422 invalid"],
  ])("Q-21 Q-55 a login at %s is absolute after substitution, or refused", async (url, expected) => {
    const variables = { LOGIN_HOST: "https://id.acme.example" };
    expect(outcome(await staging({ variables, apiLoginConfig: { url } }))).toBe(expected);
    const authProfiles = { admin: { flavor: "api", login: { url } } };
    expect(outcome(await staging({ name: "other", variables, authProfiles }))).toBe(expected);
  });
});

describe("keys and runs", () => {
  const trigger = (token: string, body: object = {}) => call("POST", "/api/projects/shop/webhooks/trigger", body, token);
  const results = async (token: string, probes: object[]) => {
    const started = await trigger(token, { probes });
    return (await call("GET", `/api/projects/shop/test-runs/${started.body.testRunId}`, undefined, token)).body.results;
  };

  test("Q-57 a secret begins with qk_ and is shown once", async () => {
    const { id, token } = (await newKey()).body;
    expect(token).toMatch(/^qk_\S{20,}$/);
    expect(JSON.stringify((await call("GET", `/api/api-keys/${id}`)).body)).not.toContain(token);
  });

  test("Q-07 Q-03 a key triggers runs of its project only, and manages nothing", async () => {
    await staging();
    const { token } = (await newKey()).body;
    const started = await trigger(token, { mode: "brief" });
    expect([started.status, started.body]).toEqual([
      202,
      { testRunId: expect.stringMatching(/^run_/), status: "running", scenariosTotal: 1, mode: "brief" },
    ]);
    const own = await post("/api/projects", { name: "Own", slug: "own" }, kim);
    const foreign = (await newKey({ project: own.id }, kim)).body;
    expect(outcome(await trigger(foreign.token))).toBe("403 project_mismatch");
    expect(outcome(await trigger(ada))).toBe("401 unauthorized");
    expect(outcome(await call("GET", "/api/projects", undefined, token))).toBe("401 unauthorized");
    expect(outcome(await trigger(token, { environment: "nowhere" }))).toBe("422 invalid");
  });

  test("Q-65 a run without anything to run is an error", async () => {
    await staging();
    expect(outcome(await trigger((await newKey()).body.token, { probes: [] }))).toBe("422 no_scenarios");
  });

  test("Q-45 Q-48 a read-only environment gets no writes, and the rest of the run goes on", async () => {
    await staging({ constraints: { readOnly: true, allowDestructiveTests: true } });
    const { token } = (await newKey()).body;
    const probes = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"].map((method) => ({ method, path: "/orders" }));
    const blocked = (await results(token, probes)).map(
      (r: { method: string; blockedBy?: string }) => `${r.method} ${r.blockedBy ?? "sent"}`,
    );
    expect(blocked).toEqual(["GET sent", "POST readOnly", "PUT readOnly", "PATCH readOnly", "DELETE readOnly", "HEAD sent"]);
  });

  test("Q-46 a run keeps to the requests per second", async () => {
    await staging({ constraints: { maxRequestsPerSecond: 2 } });
    const sent = await results(
      (await newKey()).body.token,
      Array.from({ length: 5 }, () => ({ method: "GET", path: "/" })),
    );
    expect(sent.map((r: { sentAtMs: number }) => r.sentAtMs)).toEqual([0, 500, 1000, 1500, 2000]);
  });

  test("Q-47 Q-20 destructive and security probes need their permission", async () => {
    const environment = (await staging()).body;
    const { token } = (await newKey()).body;
    const probes = [
      { method: "DELETE", path: "/orders", destructive: true },
      { method: "GET", path: "/", security: true },
    ];
    const blocked = async () => (await results(token, probes)).map((r: { blockedBy?: string }) => r.blockedBy);
    expect(await blocked()).toEqual(["allowDestructiveTests", "allowSecurityTesting"]);
    await call("PATCH", `/api/projects/${shop.id}/environments/${environment.id}`, {
      constraints: { allowDestructiveTests: true, allowSecurityTesting: true },
    });
    expect(await blocked()).toEqual([undefined, undefined]);
  });

  test("Q-43 an archived project is hidden, runs nothing, takes no changes and keeps its data", async () => {
    await staging();
    const { token } = (await newKey()).body;
    const listed = async () => (await call("GET", "/api/projects?limit=1")).body;
    const other = (await call("POST", "/api/projects", { name: "Blog", slug: "blog" })).body;
    expect(await listed()).toMatchObject({ items: [{ slug: "shop" }], nextCursor: expect.any(String) });
    expect((await call("PATCH", `/api/projects/${shop.id}`, { status: "archived" })).status).toBe(200);
    expect(await listed()).toEqual({ items: [expect.objectContaining({ id: other.id })], nextCursor: null });
    expect((await call("GET", `/api/projects/${shop.id}`)).body.status).toBe("archived");
    expect(outcome(await trigger(token))).toBe("409 project_archived");
    expect(outcome(await staging({ name: "new" }))).toBe("409 project_archived");
    expect((await call("GET", `/api/projects/${shop.id}/environments`)).body.items).toHaveLength(1);
  });

  test("Q-44 deleting for good is another action: of an admin, after archiving, repeating the slug", async () => {
    await invite("kim@acme.example", "Member");
    await newKey();
    const gone = (body: object = { confirm: "shop" }, as = ada) => call("POST", "/api/projects/shop/permanent-delete", body, as);
    expect((await call("DELETE", `/api/projects/${shop.id}`)).status).toBe(404);
    expect(outcome(await gone())).toBe("409 not_archived");
    await call("PATCH", `/api/projects/${shop.id}`, { status: "archived" });
    expect([outcome(await gone({})), outcome(await gone({ confirm: "shop" }, kim))]).toEqual(["422 invalid", "403 forbidden"]);
    expect(outcome(await gone())).toBe(204);
    expect((await call("GET", "/api/projects")).body.items).toEqual([]);
    expect((await call("GET", "/api/api-keys")).body.items).toEqual([]);
  });
});

describe("who pays for models", () => {
  const spend = (costUsd: number, body: object = {}) => call("POST", "/api/projects/shop/llm-calls", { costUsd, ...body });
  const usage = async () => (await call("GET", "/api/projects/shop/usage")).body;
  const ownKey = (apiKey = "sk-one") => call("POST", "/api/byok", { name: "own", project: shop.id, provider: "openai", apiKey });

  test("Q-26 Q-62 Q-63 the platform pays up to a cap over 5 hours and one over a week, both rolling", async () => {
    expect(outcome(await spend(5))).toBe(200);
    expect(outcome(await spend(0))).toBe("429 cap_reached");
    now = new Date("2026-09-10T14:59:59Z");
    expect(outcome(await spend(0))).toBe("429 cap_reached");
    for (const time of ["2026-09-10T15:00:00Z", "2026-09-10T20:00:00Z", "2026-09-11T01:00:00Z"]) {
      now = new Date(time);
      expect(outcome(await spend(5))).toBe(200);
    }
    now = new Date("2026-09-12T00:00:00Z");
    expect(outcome(await spend(0))).toBe("429 cap_reached");
    now = new Date("2026-09-17T10:00:00Z");
    expect(outcome(await spend(0))).toBe(200);
  });

  test("Q-23 Q-24 Q-27 Q-60 with a key of its own the project pays and no cap counts, without it the platform pays again", async () => {
    await spend(5);
    expect(outcome(await spend(0))).toBe("429 cap_reached");
    const made = await ownKey();
    expect(made.status).toBe(201);
    for (let n = 0; n < 10; n++) expect((await spend(5)).body.source).toBe("byok");
    expect((await usage()).caps.map((c: { usedUsd: number }) => c.usedUsd)).toEqual([5, 5]);
    now = new Date("2026-09-10T15:00:00Z");
    await call("DELETE", `/api/byok/${made.body.id}`);
    expect((await spend(1)).body.source).toBe("platform");
  });

  test("Q-27 traffic of the pool does not count either", async () => {
    for (let n = 0; n < 10; n++) expect((await spend(5, { source: "codex_pool" })).body.source).toBe("codex_pool");
  });

  test("Q-28 every call is one row", async () => {
    await spend(1);
    await spend(1);
    expect((await usage()).calls).toBe(2);
  });

  test("Q-23 Q-59 one key for each project, of openai, that begins with sk-, and is never shown", async () => {
    expect(outcome(await ownKey("pk-one"))).toBe("422 invalid");
    expect(outcome(await call("POST", "/api/byok", { name: "own", project: shop.id, provider: "anthropic", apiKey: "sk-one" }))).toBe(
      "422 invalid",
    );
    const made = await ownKey("sk-very-secret");
    expect(outcome(await ownKey())).toBe("409 already_exists");
    expect(outcome(await call("PATCH", `/api/byok/${made.body.id}`, { apiKey: "nonsense" }))).toBe("422 invalid");
    expect(outcome(await call("PATCH", `/api/byok/${made.body.id}`, { apiKey: "sk-other" }))).toBe(200);
    expect(JSON.stringify([made.body, (await call("GET", `/api/byok/${made.body.id}`)).body])).not.toContain("sk-");
  });
});

test("Q-67 a schedule has five cron fields and tells always, on failure or never", async () => {
  await staging();
  const schedule = (body: object) =>
    call("POST", "/api/schedules", {
      name: "nightly",
      project: shop.id,
      channel: { webhook: "https://hooks.acme.example/x" },
      schedule: { cron: "0 3 * * *", timezone: "Europe/Berlin", environment: "staging" },
      notifyOn: "failure",
      active: true,
      ...body,
    });
  const made = await schedule({});
  expect([made.status, made.body.id]).toEqual([201, expect.stringMatching(/^pol_/)]);
  expect(outcome(await schedule({ name: "a", schedule: { cron: "0 3 * *" } }))).toBe("422 invalid");
  expect(outcome(await schedule({ name: "b", notifyOn: "sometimes" }))).toBe("422 invalid");
  expect((await schedule({ name: "c", notifyOn: "never" })).status).toBe(201);
});
