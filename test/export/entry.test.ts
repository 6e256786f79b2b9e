import { describe, expect, test } from "vitest";
import { adapterOf } from "../../provider/adapters/index.js";
import { declaredEntry } from "../../provider/export/entry.js";
import { type NamedObject, namesAmong } from "../../provider/export/names.js";
import { KINDS, type KindName } from "../../schema/kinds/index.js";

const CHECKOUT: NamedObject = {
  kind: KINDS.Project,
  id: "prj_1",
  owner: undefined,
  path: ["projects", "checkout"],
  keyField: "slug",
  given: { slug: "checkout", name: "Checkout AI" },
};

const SMALL: NamedObject = {
  kind: KINDS.Model,
  id: "mod_1",
  owner: "prj_1",
  path: ["projects", "checkout", "models", "small"],
  keyField: "name",
  given: { name: "small", identifier: "gpt-5-mini", project: "prj_1" },
};

interface Listed {
  readonly values: Readonly<Record<string, unknown>>;
  readonly owner?: string;
  readonly hasSecrets?: readonly string[];
}

function entryOf(kind: KindName, { values, owner, hasSecrets }: Listed, { system = "gatehouse", among = [CHECKOUT, SMALL] } = {}) {
  const remote = { id: "obj_1", owner, builtIn: false, values, hasSecrets };
  return declaredEntry(adapterOf(system), KINDS[kind], remote, namesAmong(among));
}

describe("a live object as an entry of a stack file", () => {
  test("is nested in its project, under the name that people use", () => {
    const values = { keyId: "obj_1", name: "checkout-prod", project: "prj_1", environment: "production", status: "active", hourlyUsd: 25 };
    const entry = entryOf("ApiKey", { values });
    expect(entry.path).toEqual(["projects", "checkout", "keys", "checkout-prod"]);
    expect(entry.value).toEqual({ environment: "production", hourlyUsd: 25 });
    expect(entry.problems).toEqual([]);
  });

  test("takes the shorthand where there is nothing else to say", () => {
    const entry = entryOf("ProjectMember", { owner: "prj_1", values: { user: "ada@acme.example", role: "owner", status: "active" } });
    expect(entry.path).toEqual(["projects", "checkout", "members", "ada@acme.example"]);
    expect(entry.value).toBe("owner");
  });

  test("leaves out what is empty, what is usual and what the control plane computes", () => {
    const values = { projectId: "p", name: "Search", slug: "search", status: "active", labels: [], grading: {}, totalMonthlySpendUsd: 3 };
    expect(entryOf("Project", { values }).value).toEqual({ name: "Search" });
  });

  test("keeps the order of the kind, at any depth", () => {
    const launch = { workload: "chat", owner: "ada@acme.example" };
    const { value } = entryOf("Project", { values: { launch, labels: ["b", "a"], name: "Search", slug: "search" } });
    expect(JSON.stringify(value)).toBe(
      JSON.stringify({ name: "Search", labels: ["a", "b"], launch: { owner: "ada@acme.example", workload: "chat" } }),
    );
  });

  test("refers to other entries by their keys", () => {
    const entry = entryOf("RoutingTier", { owner: "prj_1", values: { tier: "simple", model: "gpt-5-mini" } });
    expect(entry.value).toBe("small");
  });

  test("refers to what is nested elsewhere by the value itself, where the reference allows it", () => {
    const elsewhere = { ...SMALL, owner: "prj_2", path: ["projects", "search", "models", "small"] };
    const search = { ...CHECKOUT, id: "prj_2", path: ["projects", "search"], given: { slug: "search", name: "Search" } };
    const values = { name: "k", project: "prj_1", models: { allowed: ["gpt-5-mini"] } };
    const entry = entryOf("ApiKey", { values }, { among: [CHECKOUT, search, elsewhere] });
    expect(entry.value).toEqual({ models: { allowed: ["gpt-5-mini"] } });
    expect(entry.problems).toEqual([]);
  });

  test("never writes a word that means another entry", () => {
    const values = { name: "k", project: "prj_1", models: { allowed: ["small"] } };
    const { problems } = entryOf("ApiKey", { values });
    expect(problems).toEqual([{ property: "models.allowed.0", reason: "refers to a Model that is not declared" }]);
  });

  test("cannot be declared when what it must refer to is not", () => {
    const { problems } = entryOf("RoutingTier", { owner: "prj_1", values: { tier: "simple", model: "gone" } });
    expect(problems.map(({ property }) => property)).toEqual(["model"]);
  });

  test("says that it has no name where its key would give it one", () => {
    const entry = entryOf("Model", { values: { identifier: "gpt-5", provider: "openai" } });
    expect(entry.path).toEqual(["models", "gpt-5"]);
    expect(entry.value).toEqual({ name: null, identifier: "gpt-5", provider: "openai" });
  });

  test.each(["$exclusive", "a: {b}\n- c", "urn::1", "🚀", "# no comment", " padded "])("is never keyed by %j", (name) => {
    const entry = entryOf("ApiKey", { values: { name, project: "prj_1" } });
    expect(entry.path.at(-1)).toMatch(/^[a-z0-9-]+$/);
    expect(entry.value).toEqual({ name });
  });

  test("names the variable of a secret that it needs, without a version", () => {
    const entry = entryOf("ProviderCredential", { values: { name: "openai", provider: "openai", maskedValue: "…1234" } });
    expect(entry.value).toEqual({ provider: "openai", value: { env: "GATEHOUSE_OPENAI_VALUE" } });
    expect(entry.secrets).toEqual([{ property: "value", variable: "GATEHOUSE_OPENAI_VALUE" }]);
  });

  test("names the variable of an optional secret only when the control plane shows that there is one", () => {
    const values = { name: "spend", event: "budget_exceeded", channel: { webhook: "https://hooks.acme.example/ai" } };
    expect(entryOf("Alert", { values }).unseen).toEqual(["channel.secret", "channel.refreshToken"]);
    expect(entryOf("Alert", { values, hasSecrets: ["channel.secret"] }).value).toEqual({
      event: "budget_exceeded",
      channel: { webhook: "https://hooks.acme.example/ai", secret: { env: "GATEHOUSE_SPEND_CHANNEL_SECRET" } },
    });
  });

  test("leaves out inside of lists what the system fills in", () => {
    const values = {
      project: "prj_1",
      models: [],
      policies: [
        { type: "health", enabled: true },
        { type: "cheapest", enabled: false },
      ],
    };
    const { path, value } = entryOf("RoutingPolicy", { values }, { system: "routerly" });
    expect(path).toEqual(["projects", "checkout", "routing"]);
    expect(value).toEqual({ policies: [{ type: "health" }, { type: "cheapest", enabled: false }] });
  });

  test("goes on saying that it is there where the system could not make it like this", () => {
    const entry = entryOf("OrganizationMember", { values: { user: "ada@acme.example", role: "admin" } }, { system: "routerly" });
    expect(entry.value).toEqual({ role: "admin", adopt: "require" });
  });
});
