// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Qodex writes variables like this.
import { afterEach, beforeEach, expect, test } from "vitest";
import { removeUndeclared, undeclaredObjects } from "../../../provider/lifecycle/exclusive.js";
import type { Recorded } from "../../../provider/lifecycle/lifecycle.js";
import { Session } from "../../../provider/lifecycle/session.js";
import { KINDS, type KindName } from "../../../schema/kinds/index.js";
import { documentedApi } from "../../support/documented-api.js";
import { Living } from "../../support/life.js";

const secret = (env: string, version = 1) => ({ env, version });

let living: Living;
let project: Recorded;
beforeEach(async () => {
  living = await Living.start("qodex");
  project = await living.create("Project", { name: "Shop", slug: "shop", description: "Old" });
});
afterEach(() => living.server.close());

test("Q-43 Q-44 a removed project is archived with its data, and its name is free", async () => {
  await living.remove("Project", project);
  expect((await living.api("GET", `/api/projects/${project.id}`)).body.status).toBe("archived");
  expect((await living.create("Project", { name: "Shop", slug: "shop" })).id).not.toBe(project.id);
});

test("Q-43 an archived project is hidden: nobody declares it, removes it again or takes it over", async () => {
  await living.remove("Project", project);
  const projects = { kind: "Project", keep: [], undeclared: [] };
  expect(await undeclaredObjects(living.again().session, projects, "shared")).toEqual([]);
  expect(await removeUndeclared(living.again().session, projects, ["Shop", "shop"])).toEqual([]);
  await expect(living.again().create("Project", { name: "Shop", slug: "shop", adopt: "require" })).rejects.toThrow("no such object exists");
  expect((await living.api("GET", `/api/projects/${project.id}`)).body.status).toBe("archived");
});

test.each([
  ["olyx", "/api/v1/projects"],
  ["qodex", "/api/projects"],
] as const)("archived projects that %s would list are not taken for those that are there", async (system, path) => {
  const archived = { id: "7", name: "Old", slug: "old", status: "archived" };
  const list = () => ({ status: 200, body: { items: [archived, { ...archived, id: "8", slug: "new", status: "active" }] } });
  await using api = await documentedApi({ [`GET ${path}`]: list }, "t", {});
  const session = new Session({ name: "main", system, url: api.url, transport: "api", allowAssumed: true }, { GATEHOUSE_TOKEN: "t" });
  expect((await session.objects(session.kind(KINDS.Project)).list(undefined)).map(({ id }) => id)).toEqual(["8"]);
});

test("the creator is a member before us, adopted as built in", async () => {
  const creator = await living.create("ProjectMember", { project: project.id, user: "owner@gatehouse.local", role: "admin" });
  expect(creator.outputs.adopted).toBe(true);
});

test("Q-57 a key's secret is shown anew by a rotation in place", async () => {
  const given = { name: "ci", project: project.id };
  const key = await living.create("ApiKey", given);
  expect(key.outputs.token).toMatch(/^qk_/);
  const rotated = await living.update("ApiKey", key, { ...given, rotate: 1 });
  expect(rotated.id).toBe(key.id);
  expect(rotated.outputs.token).toMatch(/^qk_/);
  expect(rotated.outputs.token).not.toBe(key.outputs.token);
});

test("Q-59 a project's own key is in no state, and is refused in clear when it is none of OpenAI's", async () => {
  const given = { name: "own", project: project.id, provider: "openai", value: secret("GATEHOUSE_TEST_SECRET") };
  expect(JSON.stringify(await living.create("ProviderCredential", given))).not.toContain("sk-secret");
  expect(living.problems("ProviderCredential", { ...given, value: "pk-one" })).toEqual(["value: must begin with sk-, as OpenAI's keys do"]);
});

test("no secret of an environment is in the state", async () => {
  const given = { project: project.id, name: "staging", baseUrl: "https://staging.shop.example" };
  const authProfiles = { admin: { flavor: "api", token: secret("GATEHOUSE_TEST_SECRET") } };
  const made = await living.create("Environment", { ...given, authToken: secret("GATEHOUSE_OTHER_SECRET"), authProfiles });
  expect(JSON.stringify(made)).not.toMatch(/sk-secret|another/);
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
  const told = Object.entries(lacking).map(([name, given]) => living.problems(name as KindName, given).join());
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
  expect(living.problems("ApiKey", { name: "k", project: "p", monthlyUsd: 5 })).toEqual([
    expect.stringContaining("Qodex has no monthlyUsd on a ApiKey: the platform caps"),
  ]);
  expect(living.problems("ApiKey", { name: "k" })).toEqual([expect.stringContaining("project: is missing, and Qodex needs it")]);
  expect(living.problems("ProjectMember", { project: "p", user: "a@b.example", role: "owner" })).toEqual([
    "role: Qodex does not know owner: it has admin, member",
  ]);
  expect(living.problems("ProviderCredential", { name: "c", project: "p", provider: "anthropic", value: secret("GATEHOUSE_X") })).toEqual([
    "provider: Qodex does not know anthropic: it has openai",
  ]);
  expect(
    living.problems("Alert", { name: "a", project: "p", event: "test_run_completed", channel: { webhook: "https://x.example" } }),
  ).toHaveLength(3);
});

test("an auth profile signs in with an account and a password of its own, which is in no state", async () => {
  const login = { url: "${baseUrl}/login", body: '{"email":"${authEmail}","password":"${authPassword}"}' };
  const viewer = { flavor: "api", authEmail: "viewer@acme.example", authPassword: secret("GATEHOUSE_TEST_SECRET"), login };
  const given = { project: project.id, name: "qa", baseUrl: "https://qa.shop.example", authProfiles: { viewer } };
  const made = await living.create("Environment", given);
  expect(JSON.stringify(made)).not.toContain("sk-secret");
  const shown = (await living.api("GET", `/api/projects/${project.id}/environments/${made.id.split("/")[1]}`)).body.authProfiles.viewer;
  expect(shown).toMatchObject({ flavor: "api", authEmail: "viewer@acme.example" });
  expect(shown).not.toHaveProperty("authPassword");
});

test("a schedule runs what is tagged or selected, and says which", async () => {
  const alert = (schedule: object) => ({
    name: "nightly",
    project: project.id,
    channel: { webhook: "https://hooks.shop.example/qa" },
    schedule: { cron: "0 3 * * *", ...schedule },
    notifyOn: "failure",
  });
  const made = await living.create("Alert", alert({ runType: "tagged", tags: ["smoke"], priority: "high" }));
  expect((await living.api("GET", `/api/schedules/${made.id}`)).body.schedule).toEqual({
    cron: "0 3 * * *",
    runType: "tagged",
    tags: ["smoke"],
    priority: "high",
  });
  const told = (schedule: object) => living.problems("Alert", alert(schedule));
  expect(told({ runType: "selected" })).toEqual(["schedule.scenarios: are missing: a run of the type selected needs them"]);
  expect(told({ tags: ["smoke"] })).toEqual(["schedule.tags: choose nothing without runType: tagged"]);
  expect(told({ runType: "all" })).toEqual([]);
});

test.each(["${baseUrl}/login", "https://id.acme.example/login", "${AUTH_HOST}/x"])(
  "Q-55 a login at %s is known to be absolute before anything is sent",
  (url) => {
    const given = { project: "p", name: "x", baseUrl: "https://x.example", variables: { AUTH_HOST: "https://y.example" }, login: { url } };
    expect(living.problems("Environment", given)).toEqual([]);
    expect(living.problems("Environment", { ...given, login: { url: "/login" } })).toEqual([
      expect.stringContaining("login.url: must be an absolute URL"),
    ]);
  },
);
