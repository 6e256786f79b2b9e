import { expect, it } from "vitest";
import { tiersUseRegisteredModels } from "../../provider/policies/rules/tiers-use-registered-models.js";
import { UNKNOWN } from "../../provider/policies/seen.js";
import { StackView } from "../../provider/policies/stack-view.js";
import { ruleCases, told } from "./support/rule-cases.js";
import { seenObject } from "./support/seen-object.js";
import { viewOf } from "./support/view.js";

const keyed = (key: string) => `
models: { shared: { provider: openai, identifier: shared-1 } }
projects:
  checkout:
    name: Checkout
    models: { small: { provider: openai, identifier: small-1 } }
    keys: { checkout-dev: ${key} }
  search: { name: Search, models: { other: { provider: openai, identifier: other-1 } } }`;

ruleCases(tiersUseRegisteredModels, {
  passes: keyed("{ models: { allowed: [small, small-1, shared] } }"),
  fails: keyed("{ models: { allowed: [small, other-1] } }"),
  message:
    "ApiKey projects/checkout/keys/checkout-dev (models.allowed) names other-1, which no declared Model is called. Control planes accept any name, and the calls that meet one without a model fail. Name small-1, shared-1, or declare the model.",
  unknown: ["projects/checkout/models/small#identifier"],
});

it("tiers-use-registered-models finds a misspelt model in the limits and the blocked ones of a key", () => {
  const text = keyed("{ models: { blocked: [smal] }, limits: [{ model: smal-1, mode: disable }] }");
  expect(told(tiersUseRegisteredModels, viewOf(text)).map((line) => line.split(",")[0])).toEqual([
    "mandatory: ApiKey projects/checkout/keys/checkout-dev (models.blocked) names smal",
    "mandatory: ApiKey projects/checkout/keys/checkout-dev (limits) names smal-1",
  ]);
});

it("tiers-use-registered-models finds models in the settings of routing policies", () => {
  const text = `
models: { small: { provider: openai, identifier: s, inputUsdPerMillionTokens: 1, outputUsdPerMillionTokens: 1 } }
projects:
  checkout:
    name: Checkout
    routing: { policies: [{ type: llm, config: { routingModelId: s, fallbackModelIds: [gone] } }] }`;
  expect(told(tiersUseRegisteredModels, viewOf(text, "routerly"))).toEqual([
    expect.stringContaining("RoutingPolicy projects/checkout/routing (policies) names gone, which"),
  ]);
});

it("tiers-use-registered-models has nothing to compare with where no model is declared", () => {
  expect(told(tiersUseRegisteredModels, viewOf("keys: { a: { models: { allowed: [gpt-4o] } } }"))).toEqual([]);
  const rule = "routing: { rules: { cheap: { strategy: fallback, models: [{ model: gpt-4o }] } } }";
  expect(told(tiersUseRegisteredModels, viewOf(rule, "floopy"))).toEqual([]);
});

it("tiers-use-registered-models stops the tiers of a program, beside what only an apply will know", () => {
  const model = seenObject("Model", "small", { identifier: "small-1", project: "checkout" });
  const tier = seenObject("RoutingTier", "simple", {
    project: "checkout",
    tier: "simple",
    model: UNKNOWN,
    fallbacks: ["small-1", "large-1"],
  });
  const stack = [seenObject("Project", "checkout", { name: "Checkout" }), model, tier];
  expect(told(tiersUseRegisteredModels, new StackView(stack))).toEqual([
    expect.stringContaining("RoutingTier simple (fallbacks) names large-1, which no declared Model is called"),
  ]);
});
