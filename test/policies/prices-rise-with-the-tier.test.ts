import { expect, it } from "vitest";
import { pricesRiseWithTheTier } from "../../provider/policies/rules/prices-rise-with-the-tier.js";
import { ruleCases, told } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

const priced = (tiers: string) => `
projects:
  checkout:
    name: Checkout
    models:
      small: { provider: openai, identifier: s, inputUsdPerMillionTokens: 0.25, outputUsdPerMillionTokens: 2 }
      middle: { provider: openai, identifier: m, inputUsdPerMillionTokens: 1, outputUsdPerMillionTokens: 8 }
      large: { provider: anthropic, identifier: l, inputUsdPerMillionTokens: 3, outputUsdPerMillionTokens: 15 }
      free: { provider: internal, identifier: f }
    routing: { tiers: { ${tiers} } }`;

ruleCases(pricesRiseWithTheTier, {
  passes: priced("complex: large, medium: small, simple: small, private: large"),
  fails: priced("simple: middle, medium: small, complex: large"),
  message:
    "RoutingTier projects/checkout/routing/tiers/simple (model) costs 9 US dollars for a million tokens in and out, above the 2.25 of projects/checkout/routing/tiers/medium. Tiers are there so that easy requests cost less; the other way round each of them costs more than it must. Give the simpler tier the cheaper model, or correct the prices.",
  unknown: ["projects/checkout/models/middle#inputUsdPerMillionTokens"],
});

it("prices-rise-with-the-tier compares around a tier whose price is not known", () => {
  expect(told(pricesRiseWithTheTier, viewOf(priced("simple: large, medium: free, complex: small")))).toEqual([
    expect.stringContaining("tiers/simple (model) costs 18 US dollars for a million tokens in and out, above the 2.25 of"),
  ]);
});

it("prices-rise-with-the-tier takes the price of the project's own entry of an identifier", () => {
  const project = (name: string, small: number) => `
  ${name}:
    name: ${name}
    models:
      small: { provider: openai, identifier: s, inputUsdPerMillionTokens: ${small}, outputUsdPerMillionTokens: 1 }
      large: { provider: openai, identifier: l, inputUsdPerMillionTokens: 5, outputUsdPerMillionTokens: 1 }
    routing: { tiers: { simple: small, complex: large } }`;
  expect(told(pricesRiseWithTheTier, viewOf(`projects:${project("one", 9)}${project("two", 1)}`))).toEqual([
    expect.stringContaining("RoutingTier projects/one/routing/tiers/simple"),
  ]);
});
