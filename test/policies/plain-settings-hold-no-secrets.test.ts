import { expect, it } from "vitest";
import { judge } from "../../provider/policies/judge.js";
import { plainSettingsHoldNoSecrets } from "../../provider/policies/rules/plain-settings-hold-no-secrets.js";
import { ruleCases, TODAY, told } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

ruleCases(plainSettingsHoldNoSecrets, {
  passes: `
projects:
  shop:
    name: Shop
    environments:
      staging:
        baseUrl: https://staging.shop.acme.example
        variables: { AUTH_EMAIL: tests@acme.example, tokenLimit: "4000" }
        authPassword: { env: GATEHOUSE_AUTH_PASSWORD, version: 1 }
        login:
          url: https://staging.shop.acme.example/login
          headers: { authorization: "Bearer \${authToken}" }
          body: '{"password":"\${authPassword}"}'
          tokenPath: $.token
    models: { m: { provider: azure, identifier: sk-model, additionalConfig: { apiVersion: "2026-01-01" } } }`,
  fails: `
projects:
  shop: { name: Shop, environments: { staging: { baseUrl: "https://staging.shop.acme.example", variables: { AUTH_PASSWORD: in-clear } } } }`,
  message:
    "Environment projects/shop/environments/staging (variables.AUTH_PASSWORD) holds a secret in clear. Who may look at the settings may then use the key, and it stands in the file's history for good. Take it out, renew it at its issuer, and write `{ env: GATEHOUSE_…, version: 1 }` in a secret field of the object.",
  unknown: ["projects/shop/environments/staging#variables.AUTH_PASSWORD"],
});

const SECRET = `sk-${"a1B2".repeat(8)}`;
const found = (text: string, system = "gatehouse") =>
  judge([plainSettingsHoldNoSecrets], viewOf(text, system), { today: TODAY }).map(
    ({ level, object, property }) => `${level}: ${object.name}#${property}`,
  );

it.each([
  ["projects: { shop: { name: Shop, description: KEY } }", "projects/shop#description"],
  [
    "projects: { shop: { name: Shop, routing: { policies: [{ type: llm, config: { cache: { any: KEY } } }] } } }",
    "projects/shop/routing#policies.0.config.cache.any",
  ],
  ["models: { m: { provider: azure, identifier: m, additionalConfig: { deployment: KEY } } }", "models/m#additionalConfig.deployment"],
  ["keys: { a: { environment: other, labels: [KEY] } }", "keys/a#labels.0"],
])("plain-settings-hold-no-secrets finds what looks like a key in %s", (text, place) => {
  expect(found(text.replace("KEY", SECRET))).toEqual([`mandatory: ${place}`]);
});

it("plain-settings-hold-no-secrets never tells the secret", () => {
  const view = viewOf(`projects: { shop: { name: Shop, description: ${SECRET} } }`);
  const text = told(plainSettingsHoldNoSecrets, view).join();
  expect(text).toContain("Project projects/shop (description) holds a secret in clear.");
  expect(text).not.toContain(SECRET);
});

it("plain-settings-hold-no-secrets finds a key by its name inside a policy's settings", () => {
  const text = 'projects: { shop: { name: Shop, routing: { policies: [{ type: llm, config: { embedding_api_key: "abc" } }] } } }';
  expect(found(text, "routerly")).toEqual(["mandatory: projects/shop/routing#policies.0.config.embedding_api_key"]);
});

it("plain-settings-hold-no-secrets advises on a key that every user of Routerly can read", () => {
  const text = `
projects:
  shop: { name: Shop, routing: { policies: [{ type: llm, config: { routingModelId: m }, embeddingApiKey: { env: GATEHOUSE_EMBEDDING_KEY } }] } }`;
  expect(found(text, "routerly")).toEqual(["advisory: projects/shop/routing#policies.0.embeddingApiKey"]);
  expect(found(text)).toEqual([]);
});
