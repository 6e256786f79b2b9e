// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Qodex writes variables like this.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { check } from "../../provider/lifecycle/check.js";
import { diff } from "../../provider/lifecycle/diff.js";
import { create, type Recorded, read, remove, update } from "../../provider/lifecycle/lifecycle.js";
import { Session } from "../../provider/lifecycle/session.js";
import { KINDS, type KindName } from "../../schema/kinds/index.js";
import { startTestServer, type TestServer } from "../support/start-server.js";

const SECRETS = { GATEHOUSE_OPENAI_KEY: "sk-one-two-three", GATEHOUSE_STAGING_TOKEN: "hush-token", GATEHOUSE_OTHER_TOKEN: "hush-other" };
const secret = (env: string, version = 1) => ({ env, version });

let server: TestServer;
let session: Session;
let project: Recorded;
const fresh = () =>
  new Session(
    { name: "main", system: "qodex", url: server.url, transport: "rehearsal", credentials: { token: { env: "GATEHOUSE_TOKEN" } } },
    { GATEHOUSE_TOKEN: server.token, ...SECRETS },
  );
beforeEach(async () => {
  server = await startTestServer({ profile: "qodex" });
  session = fresh();
  project = await make("Project", { name: "Shop", slug: "shop", description: "Old" });
});
afterEach(() => server.close());

const kindOf = (name: KindName) => session.kind(KINDS[name]);
const checked = (name: KindName, given: object) => check(kindOf(name), given as Record<string, unknown>, session.adapter);
const problems = (name: KindName, given: object) => checked(name, given).problems.map(({ property, reason }) => `${property}: ${reason}`);
async function make(name: KindName, given: object): Promise<Recorded> {
  const { inputs, problems: wrong } = checked(name, given);
  expect(wrong).toEqual([]);
  return create(session, kindOf(name), inputs);
}
const observed = async (name: KindName, { id, outputs }: Recorded) => {
  session = fresh();
  return read(session, kindOf(name), id, outputs);
};

/** What each kind in a project declares, and a change of each field that can be changed. */
const CASES: readonly [KindName, object, object][] = [
  ["ProjectMember", { user: "kim@acme.example", role: "member" }, { role: "admin" }],
  [
    "Environment",
    {
      name: "staging",
      baseUrl: "https://staging.shop.example",
      apiBaseUrl: "https://api.staging.shop.example",
      variables: { AUTH_EMAIL: "t@acme.example", gone: "x" },
      authToken: secret("GATEHOUSE_STAGING_TOKEN"),
      login: { url: "${baseUrl}/login", method: "POST", body: "{}", tokenPath: "$.token" },
      uiLoginSteps: ["open"],
      authProfiles: { admin: { flavor: "api", token: secret("GATEHOUSE_OTHER_TOKEN") } },
      constraints: { readOnly: false, maxRequestsPerSecond: 20, allowDestructive: true, allowSecurity: false },
    },
    {
      baseUrl: "https://new.shop.example",
      apiBaseUrl: "https://api.new.shop.example",
      variables: { AUTH_EMAIL: "u@acme.example" },
      authToken: secret("GATEHOUSE_OTHER_TOKEN", 2),
      login: { url: "${apiBaseUrl}/login", method: "PUT", body: "[]", tokenPath: "$.key" },
      uiLoginSteps: ["open", "sign in"],
      authProfiles: { viewer: { flavor: "ui", uiLoginSteps: ["open"] } },
      constraints: { readOnly: true, maxRequestsPerSecond: 5, allowDestructive: false, allowSecurity: true },
    },
  ],
  ["ApiKey", { name: "ci" }, { name: "ci-staging" }],
  [
    "Alert",
    {
      name: "nightly",
      schedule: { cron: "0 3 * * *", timezone: "Europe/Berlin" },
      notifyOn: "failure",
      enabled: true,
      channel: { webhook: "https://hooks.acme.example/x" },
    },
    {
      schedule: { cron: "0 4 * * *", timezone: "UTC" },
      notifyOn: "always",
      enabled: false,
      channel: { webhook: "https://hooks.acme.example/y" },
    },
  ],
];

describe.each(CASES)("a %s", (name, own, changes) => {
  test("is made, stays, is changed in every field, seen to drift, and made anew when it was deleted", async () => {
    const given = { project: project.id, ...own };
    const made = await make(name, given);
    expect((await observed(name, made))?.inputs).toMatchObject(checked(name, given).inputs);

    const wanted = checked(name, { ...given, ...changes }).inputs;
    const changed = await update(session, kindOf(name), made.id, made.outputs, wanted);
    expect((await observed(name, changed))?.inputs).toEqual(expect.objectContaining(wanted));

    await update(session, kindOf(name), made.id, changed.outputs, checked(name, given).inputs);
    expect((await observed(name, changed))?.inputs).not.toEqual(expect.objectContaining(wanted));

    await remove(session, kindOf(name), made.id, changed.outputs);
    const gone = await observed(name, changed);
    expect(gone === undefined || gone.outputs.status === "revoked").toBe(true);
    await expect(make(name, given)).resolves.toMatchObject({ outputs: expect.anything() });
  });

  test("that exists is not taken over silently, and no secret of it is in the state", async () => {
    const made = await make(name, { project: project.id, ...own });
    expect(JSON.stringify(made)).not.toMatch(/hush-/);
    await expect(make(name, { project: project.id, ...own })).rejects.toThrow("adopt: ifExists");
    expect((await make(name, { project: project.id, ...own, adopt: "ifExists" })).outputs.adopted).toBe(true);
  });
});

test("Q-43 Q-44 a removed project is archived with its data, and its name is free", async () => {
  const changed = await update(
    session,
    kindOf("Project"),
    project.id,
    project.outputs,
    checked("Project", { name: "Store", slug: "shop", description: "New" }).inputs,
  );
  expect((await observed("Project", changed))?.inputs).toMatchObject({ name: "Store", description: "New" });
  await remove(session, kindOf("Project"), project.id, changed.outputs);
  expect((await server.api("GET", `/api/projects/${project.id}`)).body.status).toBe("archived");
  expect((await make("Project", { name: "Store", slug: "shop" })).id).not.toBe(project.id);
});

test("a project that somebody archived is made active again", async () => {
  await server.api("PATCH", `/api/projects/${project.id}`, { status: "archived" });
  expect((await observed("Project", project))?.inputs.status).toBe("archived");
  await update(session, kindOf("Project"), project.id, project.outputs, checked("Project", { name: "Shop", slug: "shop" }).inputs);
  expect((await server.api("GET", `/api/projects/${project.id}`)).body.status).toBe("active");
});

test("the creator is a member before us, adopted as built in", async () => {
  const creator = await make("ProjectMember", { project: project.id, user: "owner@gatehouse.local", role: "admin" });
  expect(creator.outputs.adopted).toBe(true);
});

test("Q-57 a key's secret is kept from its creation, shown anew by a rotation, and its facts stay in the state", async () => {
  const given = {
    name: "ci",
    project: project.id,
    environment: "staging",
    owner: "lin@acme.example",
    ownerType: "service",
    consumer: "ci",
  };
  const key = await make("ApiKey", given);
  expect(key.outputs.token).toMatch(/^qk_/);
  expect((await observed("ApiKey", key))?.outputs).toMatchObject({ ...given, token: key.outputs.token });
  const rotated = await update(session, kindOf("ApiKey"), key.id, key.outputs, checked("ApiKey", { ...given, rotate: 1 }).inputs);
  expect(rotated.outputs.token).toMatch(/^qk_/);
  expect(rotated.outputs.token).not.toBe(key.outputs.token);
});

test("Q-59 a project's own key is sent when its version is raised, and never seen", async () => {
  const given = { name: "own", project: project.id, provider: "openai", value: secret("GATEHOUSE_OPENAI_KEY") };
  const credential = await make("ProviderCredential", given);
  expect(JSON.stringify(credential)).not.toContain("sk-one");
  const raised = checked("ProviderCredential", { ...given, value: secret("GATEHOUSE_OPENAI_KEY", 2) }).inputs;
  expect((await update(session, kindOf("ProviderCredential"), credential.id, credential.outputs, raised)).outputs.value).toEqual(
    secret("GATEHOUSE_OPENAI_KEY", 2),
  );
  await remove(session, kindOf("ProviderCredential"), credential.id, credential.outputs);
  expect(await observed("ProviderCredential", credential)).toBeUndefined();
  expect(problems("ProviderCredential", { ...given, value: "pk-one" })).toEqual(["value: must begin with sk-, as OpenAI's keys do"]);
});

test("what cannot be changed in place replaces", () => {
  const replaced = (name: KindName, olds: object, news: object) => diff(kindOf(name), olds as never, news as never).replaces;
  expect(replaced("Project", { slug: "a" }, { slug: "b" })).toEqual(["slug"]);
  expect(replaced("Environment", { project: "a", name: "x" }, { project: "b", name: "y" })).toEqual(["project", "name"]);
  expect(replaced("ApiKey", { project: "a" }, { project: "b" })).toEqual(["project"]);
});

test("what Qodex lacks is refused at check time with what to do instead", () => {
  const lacking = {
    Organization: { name: "Acme" },
    OrganizationMember: { user: "a@b.example", role: "member" },
    Role: { name: "x", permissions: ["a"] },
    SecurityPolicy: { sessionMinutes: 5 },
    EnvironmentLimit: { environment: "production", monthlyUsd: 1 },
    Model: { identifier: "x", provider: "openai" },
    RoutingTier: { project: "p", tier: "simple", model: "x" },
    RoutingPolicy: { name: "r", strategy: "fallback" },
    Budget: { name: "b", amountUsd: 1, period: "month" },
  } as const;
  const told = Object.entries(lacking).map(([name, given]) => problems(name as KindName, given).join());
  expect(told).toEqual([
    expect.stringContaining("Qodex keeps no organization: declare projects"),
    expect.stringContaining("write them under `members` of each project"),
    expect.stringContaining("Qodex has two fixed roles"),
    expect.stringContaining("Qodex has no settings for sign-in"),
    expect.stringContaining("write them in `constraints` of an Environment"),
    expect.stringContaining("Qodex keeps no models"),
    expect.stringContaining("Qodex routes no requests"),
    expect.stringContaining("Qodex routes no requests"),
    expect.stringContaining("Qodex caps what it pays for by itself"),
  ]);
  expect(problems("ApiKey", { name: "k", project: "p", monthlyUsd: 5 })).toEqual([
    expect.stringContaining("Qodex has no monthlyUsd on a ApiKey: the platform caps"),
  ]);
  expect(problems("ApiKey", { name: "k" })).toEqual([expect.stringContaining("project: is missing, and Qodex needs it")]);
  expect(problems("ProjectMember", { project: "p", user: "a@b.example", role: "owner" })).toEqual([
    "role: Qodex does not know owner: it has admin, member",
  ]);
  expect(problems("ProviderCredential", { name: "c", project: "p", provider: "anthropic", value: secret("GATEHOUSE_X") })).toEqual([
    "provider: Qodex does not know anthropic: it has openai",
  ]);
  expect(
    problems("Alert", { name: "a", project: "p", event: "test_run_completed", channel: { webhook: "https://x.example" } }),
  ).toHaveLength(3);
});

test.each(["${baseUrl}/login", "https://id.acme.example/login", "${AUTH_HOST}/x"])(
  "Q-55 a login at %s is known to be absolute before anything is sent",
  (url) => {
    const given = { project: "p", name: "x", baseUrl: "https://x.example", variables: { AUTH_HOST: "https://y.example" }, login: { url } };
    expect(problems("Environment", given)).toEqual([]);
    expect(problems("Environment", { ...given, login: { url: "/login" } })).toEqual([
      expect.stringContaining("login.url: must be an absolute URL"),
    ]);
  },
);
