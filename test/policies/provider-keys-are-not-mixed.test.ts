import { expect, it } from "vitest";
import { providerKeysAreNotMixed } from "../../provider/policies/rules/provider-keys-are-not-mixed.js";
import { ruleCases, told } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

ruleCases(providerKeysAreNotMixed, {
  passes: `
credentials: { openai: { provider: openai, value: { env: GATEHOUSE_OPENAI_KEY } } }
projects:
  checkout:
    name: Checkout
    models:
      small: { provider: openai, identifier: gpt-5-mini, credential: openai }
      large: { provider: anthropic, identifier: claude-sonnet-5 }
      own: { provider: openai, identifier: own, endpoint: "https://models.acme.example/v1" }
  search: { name: Search, models: { small: { provider: openai, identifier: gpt-5-mini } } }`,
  fails: `
credentials: { openai: { provider: openai, value: { env: GATEHOUSE_OPENAI_KEY } } }
projects:
  checkout:
    name: Checkout
    models:
      large: { provider: openai, identifier: gpt-5 }
      small: { provider: openai, identifier: gpt-5-mini, credential: openai }`,
  message:
    "Model projects/checkout/models/large (credential) is called with the platform's key, and projects/checkout/models/small of the same provider with an own one. Where some models of a provider use the own key and some the platform's, nobody can tell who pays for a call. Write the same `credential` on both.",
  unknown: ["projects/checkout/models/large#credential"],
});

it("provider-keys-are-not-mixed counts a key that stands with the model", () => {
  const text = `
projects:
  shop:
    name: Shop
    models:
      a: { provider: openai, identifier: a, visibility: public, apiKey: { env: GATEHOUSE_OPENAI_KEY } }
      b: { provider: openai, identifier: b, visibility: public }`;
  expect(told(providerKeysAreNotMixed, viewOf(text, "olyx"))).toEqual([
    expect.stringContaining("Model projects/shop/models/b (credential) is called with the platform's key"),
  ]);
});
