import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type Declaration, loadStack, type Stack } from "../../provider/stackfile/index.js";

const GOOD = join(import.meta.dirname, "good");
const load = (name: string) => loadStack(join(GOOD, name), undefined, "2026-11-21");
const named = (stack: Stack, name: string): Declaration => {
  const found = stack.declarations.find((declaration) => declaration.name === name);
  if (found === undefined) throw new Error(`${name} is not among ${stack.declarations.map((one) => one.name).join(", ")}`);
  return found;
};

describe("a stack file", () => {
  const acme = load("acme.yaml");

  it("gives each object the path it stands at as its name", () => {
    expect(acme.declarations.map(({ name }) => name).sort()).toEqual([
      "environmentLimits/production",
      "governance",
      "members/ada@acme.example",
      "members/bea@acme.example",
      "members/lin@acme.example",
      "organization",
      "projects/checkout",
      "projects/checkout/keys/checkout-dev",
      "projects/checkout/keys/checkout-prod",
      "projects/checkout/members/kim@acme.example",
      "projects/checkout/models/large",
      "projects/checkout/models/small",
      "projects/checkout/routing/tiers/simple",
    ]);
  });

  it("takes a name from the key, and a word for the field it is short for", () => {
    expect(named(acme, "members/ada@acme.example").inputs).toEqual({ user: "ada@acme.example", role: "owner" });
    expect(named(acme, "projects/checkout").inputs).toMatchObject({ slug: "checkout", name: "Checkout AI" });
    expect(named(load("short-forms.yaml"), "projects/shop").inputs).toMatchObject({ slug: "the-shop", name: "Shop" });
    expect(named(load("short-forms.yaml"), "keys/roaming").inputs).toMatchObject({ name: "Roaming key" });
  });

  it("refers to declared objects and keeps what it cannot know as it stands", () => {
    const project = { $ref: "projects/checkout", by: "id" };
    expect(named(acme, "projects/checkout/routing/tiers/simple").inputs).toEqual({
      project,
      tier: "simple",
      model: { $ref: "projects/checkout/models/small", by: "identifier" },
      fallbacks: [{ $ref: "projects/checkout/models/large", by: "identifier" }],
    });
    expect(named(acme, "projects/checkout/models/small").inputs).toMatchObject({ project, credential: "openai" });
    expect(named(acme, "projects/checkout/members/kim@acme.example").inputs).toMatchObject({ user: "kim@acme.example" });
  });

  it("knows a member by address, whatever the case", () => {
    const lin = { $ref: "members/lin@acme.example", by: "user" };
    expect(named(acme, "projects/checkout").inputs.launch).toMatchObject({ owner: lin, keyOwner: lin });
  });

  it("finds models nested in the project, then those of the organization, by key or identifier", () => {
    const stack = load("short-forms.yaml");
    expect(named(stack, "projects/shop/routing/tiers/complex").inputs.model).toEqual({ $ref: "models/shared", by: "identifier" });
    const own = { $ref: "projects/shop/models/own", by: "identifier" };
    expect(named(stack, "projects/shop/keys/shop-api").inputs).toMatchObject({
      models: { allowed: [own, { $ref: "models/shared", by: "identifier" }, "something-else"] },
      limits: [{ model: own, mode: "extend" }],
    });
    expect(named(stack, "keys/anywhere").inputs).toMatchObject({
      project: { $ref: "projects/shop", by: "id" },
      models: { blocked: [own] },
    });
  });

  it("puts everything after what it refers to", () => {
    const order = load("short-forms.yaml").declarations.map(({ name }) => name);
    expect(order.indexOf("models/shared")).toBeLessThan(order.indexOf("projects/shop/routing/tiers/complex"));
    expect(order.indexOf("projects/shop/models/own")).toBeLessThan(order.indexOf("keys/anywhere"));
    expect(order.indexOf("projects/shop")).toBeLessThan(order.indexOf("projects/shop/models/own"));
  });

  it("reads dates and words like no as texts", () => {
    expect(named(acme, "members/lin@acme.example").inputs.expiresAt).toBe("2027-06-30");
    expect(named(load("short-forms.yaml"), "projects/shop").inputs.labels).toEqual(["no", "on", "y"]);
  });

  it("adopts as the object says, else its collection, else the file", () => {
    const stack = load("short-forms.yaml");
    const adopt = (name: string) => named(stack, name).inputs.adopt;
    expect([adopt("members/no@acme.example"), adopt("members/ada@acme.example"), adopt("projects/shop")]).toEqual([
      "never",
      "require",
      "ifExists",
    ]);
  });

  it("lists the collections that undeclared objects go from, and the rules that leave something alone", () => {
    const stack = load("short-forms.yaml");
    expect(stack.exclusive).toMatchObject([
      { kind: "OrganizationMember", name: "members/$exclusive", declared: ["members/ada@acme.example", "members/no@acme.example"] },
      {
        kind: "Model",
        owner: "projects/shop",
        name: "projects/shop/models/$remove",
        declared: ["projects/shop/models/own"],
        only: [{ match: "gpt-4*", reason: "Retired by its provider", until: "2027-03-31" }],
      },
    ]);
    expect(stack.exclusive[0]).not.toHaveProperty("only");
    expect(stack.ignore).toMatchObject([
      {
        kind: "OrganizationMember",
        match: "*@partner.example",
        reason: "Managed by the partner",
        until: "2027-01-31",
        controlPlane: "main",
      },
    ]);
  });

  it("knows where everything stands", () => {
    const key = named(acme, "projects/checkout/keys/checkout-prod");
    expect(key.position).toMatchObject({ line: 32, column: 7 });
    expect(key.positions.environment).toMatchObject({ line: 34, column: 24 });
    expect(key.position.file).toMatch(/^test\/stackfile\/good\/acme\.yaml$/);
  });

  it("keeps the credentials of a control plane as names", () => {
    expect(acme.controlPlanes).toMatchObject([
      {
        name: "main",
        system: "gatehouse",
        url: "http://127.0.0.1:8787",
        transport: "api",
        credentials: { token: { env: "GATEHOUSE_TOKEN" } },
      },
    ]);
  });
});

describe("a stack on several control planes", () => {
  const stack = load("control-planes.yaml");

  it("declares everything on each of them, unless it says where it is", () => {
    expect(stack.declarations.map(({ name }) => name).sort()).toEqual([
      "controlPlanes/eu/members/ada@acme.example",
      "controlPlanes/eu/members/eva@acme.example",
      "controlPlanes/eu/projects/checkout",
      "controlPlanes/eu/projects/checkout/keys/checkout-eu",
      "controlPlanes/eu/projects/checkout/members/eva@acme.example",
      "members/ada@acme.example",
      "projects/checkout",
      "projects/checkout/members/eva@acme.example",
      "projects/home",
      "projects/home/keys/home",
    ]);
  });

  it("refers to objects of the same control plane only", () => {
    expect(named(stack, "projects/checkout/members/eva@acme.example").inputs.user).toBe("eva@acme.example");
    expect(named(stack, "controlPlanes/eu/projects/checkout/members/eva@acme.example").inputs).toMatchObject({
      project: { $ref: "controlPlanes/eu/projects/checkout", by: "id" },
      user: { $ref: "controlPlanes/eu/members/eva@acme.example", by: "user" },
    });
    expect(stack.exclusive.map(({ name }) => name)).toEqual([
      "projects/checkout/members/$exclusive",
      "controlPlanes/eu/projects/checkout/members/$exclusive",
    ]);
  });

  it("keeps what is nested in a renamed project", () => {
    expect(named(stack, "projects/home").aliases).toEqual(["projects/house"]);
    expect(named(stack, "projects/home/keys/home").aliases).toEqual(["projects/house/keys/home"]);
    expect(named(stack, "controlPlanes/eu/projects/checkout/keys/checkout-eu").aliases).toEqual([
      "controlPlanes/eu/projects/checkout/keys/europe",
    ]);
  });
});

describe("a folder", () => {
  it("holds a file for the organization and one for each team, and nothing else of it is read", () => {
    const stack = load("teams");
    expect(stack.name).toBe("teams");
    expect(stack.directory).toBe(join(GOOD, "teams"));
    expect(stack.files.map((file) => file.replace(/.*\//, ""))).toEqual(["gatehouse.yaml", "checkout.yaml", "search.yml"]);
    expect(named(stack, "projects/checkout").inputs.launch).toEqual({ owner: { $ref: "members/ada@acme.example", by: "user" } });
    expect(named(stack, "projects/checkout/routing/tiers/simple").inputs.model).toEqual({ $ref: "models/shared", by: "identifier" });
  });
});

describe("the generated JSON Schema", () => {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(join(import.meta.dirname, "../../schema/stackfile.schema.json"), "utf8")));
  const files = readdirSync(GOOD, { recursive: true, encoding: "utf8" }).filter(
    (name) => /^[^.]*\.ya?ml$/.test(name) && !name.includes("Pulumi"),
  );

  it.each(files)("accepts %s, as the loader does", (name) => {
    validate(parse(readFileSync(join(GOOD, name), "utf8")));
    expect(validate.errors ?? []).toEqual([]);
  });

  it.each(["unknown-key", "wrong-type", "missing-property", "wrong-word", "wrong-date", "literal-secret", "settings"])(
    "refuses %s, as the loader does",
    (name) => {
      expect(validate(parse(readFileSync(join(import.meta.dirname, "bad", `${name}.yaml`), "utf8")))).toBe(false);
    },
  );
});
