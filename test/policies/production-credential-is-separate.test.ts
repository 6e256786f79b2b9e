import { expect, it } from "vitest";
import { judge } from "../../provider/policies/judge.js";
import { productionCredentialIsSeparate } from "../../provider/policies/rules/production-credential-is-separate.js";
import { ruleCases, TODAY } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

ruleCases(productionCredentialIsSeparate, {
  passes: `
credentials: { openai: { provider: openai, value: { env: GATEHOUSE_OPENAI_KEY } } }
projects:
  checkout:
    name: Checkout
    models:
      small: { provider: openai, identifier: gpt-5-mini, credential: openai }
      large: { provider: openai, identifier: gpt-5, credential: openai }
    keys: { checkout-prod: { environment: production }, checkout-dev: { environment: development } }
  search:
    name: Search
    credentials: { own: { provider: openai, value: { env: GATEHOUSE_OPENAI_KEY_SEARCH } } }
    models: { small: { provider: openai, identifier: gpt-5-mini, credential: own } }
    keys: { search-prod: { environment: production } }`,
  fails: `
projects:
  live: { name: Live, environment: production, credentials: { live: { provider: openai, value: { env: GATEHOUSE_OPENAI_KEY } } } }
  stage: { name: Stage, environment: staging, credentials: { stage: { provider: openai, value: { env: GATEHOUSE_OPENAI_KEY } } } }`,
  message:
    "ProviderCredential projects/stage/credentials/stage (value) holds a provider's key that 2 projects use: projects/live (production), projects/stage (staging). Whoever spends or leaks a shared provider's key stops everybody on it, production included. Give each project a provider's key of its own: `credentials: { NAME: { provider, value: { env: GATEHOUSE_… } } }` under it.",
  unknown: ["projects/stage/credentials/stage#value"],
});

const found = (text: string, system = "gatehouse", unknown: readonly string[] = []) =>
  judge([productionCredentialIsSeparate], viewOf(text, system, unknown), { today: TODAY }).map(
    ({ level, object, what }) => `${level}: ${object.name} ${what}`,
  );
const value = (name: string, version = 1) => `{ provider: openai, value: { env: ${name}, version: ${version} } }`;

it("production-credential-is-separate sees through two credentials with one source", () => {
  const text = `
projects:
  a: { name: A, keys: { a-prod: { environment: production } }, credentials: { one: ${value("GATEHOUSE_KEY")} } }
  b: { name: B, credentials: { two: ${value("GATEHOUSE_KEY", 2)} } }`;
  expect(found(text)).toEqual([
    "mandatory: projects/b/credentials/two holds a provider's key that 2 projects use: projects/a (production), projects/b",
  ]);
});

it("production-credential-is-separate sees one file behind two credentials", () => {
  const file = "{ provider: openai, value: { file: openai.txt } }";
  const text = `projects: { a: { name: A, credentials: { one: ${file} } }, b: { name: B, credentials: { two: ${file} } } }`;
  expect(found(text)).toHaveLength(1);
});

it("production-credential-is-separate sees a shared credential though neither its value nor its project's id is known yet", () => {
  const text = `
credentials: { openai: ${value("GATEHOUSE_KEY")} }
projects:
  a: { name: A, models: { m: { provider: openai, identifier: m, credential: openai } } }
  b: { name: B, models: { m: { provider: openai, identifier: m, credential: openai } } }`;
  expect(found(text, "gatehouse", ["credentials/openai#value", "projects/b/models/m#project"])).toHaveLength(1);
});

it("production-credential-is-separate sees who may call a model of the organization", () => {
  const text = (allowed: string) => `
credentials: { openai: ${value("GATEHOUSE_KEY")} }
models: { m: { provider: openai, identifier: m, credential: openai }, n: { provider: openai, identifier: n } }
projects:
  a: { name: A, keys: { a: { environment: production } } }
  b: { name: B, keys: { b: { environment: production, models: { allowed: [${allowed}] } } } }`;
  expect(found(text("n"))).toEqual([]);
  expect(found(text("m"))).toEqual([
    "mandatory: credentials/openai holds a provider's key that 2 projects use: projects/a (production), projects/b (production)",
  ]);
});

it("production-credential-is-separate only advises where no production is concerned", () => {
  const text = `
projects:
  a: { name: A, environment: staging, credentials: { one: ${value("GATEHOUSE_KEY")} } }
  b: { name: B, environment: development, credentials: { two: ${value("GATEHOUSE_KEY")} } }`;
  expect(found(text)).toEqual([expect.stringMatching(/^advisory: .* projects\/a \(staging\), projects\/b \(development\)$/)]);
});

it("production-credential-is-separate stops nothing over an environment that is not known yet", () => {
  const text = `
projects:
  a: { name: A, environment: production, credentials: { one: ${value("GATEHOUSE_KEY")} } }
  b: { name: B, environment: development, credentials: { two: ${value("GATEHOUSE_KEY")} } }`;
  expect(found(text, "gatehouse", ["projects/a#environment"])).toEqual([
    expect.stringMatching(/^advisory: .* projects\/a \(not known yet\),/),
  ]);
  expect(found(text, "gatehouse", ["projects/b#environment"])).toEqual([expect.stringMatching(/^mandatory: /)]);
});

it("production-credential-is-separate sees two credentials of one project that are one, where production is not alone", () => {
  const text = (more: string) => `
projects:
  shop:
    name: Shop
    credentials: { live: ${value("GATEHOUSE_KEY")}, trial: ${value("GATEHOUSE_KEY")} }
    keys: { a: { environment: production }${more} }`;
  expect(found(text(""))).toEqual([]);
  expect(found(text(", b: { environment: development }"))).toEqual([
    "mandatory: projects/shop/credentials/trial holds the same provider's key as projects/shop/credentials/live, so that development and production of projects/shop call with one",
  ]);
  expect(found(text(", b: { environment: development }"), "gatehouse", ["projects/shop/keys/b#environment"])).toEqual([]);
});

it("production-credential-is-separate sees the keys that Olyx keeps with its models", () => {
  const model = "{ m: { provider: openai, identifier: m, visibility: public, apiKey: { env: GATEHOUSE_KEY } } }";
  const text = `projects: { a: { name: A, environment: production, models: ${model} }, b: { name: B, environment: staging, models: ${model} } }`;
  expect(found(text, "olyx")).toEqual([
    "mandatory: projects/b/models/m holds a provider's key that 2 projects use: projects/a (production), projects/b (staging)",
  ]);
});

it("production-credential-is-separate only advises on Routerly, whose models are everybody's", () => {
  const text = `
models: { m: { provider: openai, identifier: m, inputUsdPerMillionTokens: 1, outputUsdPerMillionTokens: 1, apiKey: { env: GATEHOUSE_KEY } } }
projects:
  a: { name: A, environment: production, routing: { models: [{ model: m }] } }
  b: { name: B, environment: staging, routing: { models: [{ model: m }] } }
  c: { name: C, environment: staging }`;
  expect(found(text, "routerly")).toEqual([
    "advisory: models/m holds a provider's key that 2 projects use: projects/a (production), projects/b (staging)",
  ]);
});

it("production-credential-is-separate counts the projects that it does not name", () => {
  const projects = ["a", "b", "c", "d", "e"].map(
    (name) => `  ${name}: { name: ${name}, credentials: { own-${name}: ${value("GATEHOUSE_KEY")} } }`,
  );
  expect(found(`projects:\n${projects.join("\n")}`)).toEqual([
    expect.stringMatching(/5 projects use: projects\/a, projects\/b, projects\/c, 2 more$/),
  ]);
});

it("production-credential-is-separate takes one project on two control planes for one", () => {
  const text = `
name: acme
controlPlanes: { main: { system: gatehouse }, eu: { system: gatehouse } }
projects: { shop: { name: Shop, environment: production, credentials: { own: ${value("GATEHOUSE_KEY")} } } }`;
  expect(found(text)).toEqual([]);
});
