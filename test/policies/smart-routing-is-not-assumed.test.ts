import { expect, it } from "vitest";
import { smartRoutingIsNotAssumed } from "../../provider/policies/rules/smart-routing-is-not-assumed.js";
import { ruleCases, told } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

ruleCases(smartRoutingIsNotAssumed, {
  passes: `
models:
  small: { provider: anyint, identifier: gpt-5-mini, endpoint: "https://gateway.anyint.example/openai/v1" }
  ours: { provider: custom, identifier: ours, endpoint: "https://models.acme.example/smart-routing/v1" }
keys: { trial: { environment: development, routingRule: smart-routing } }`,
  fails: `models: { auto: { provider: anyint, identifier: auto, endpoint: "https://gateway.acme.example/smart-routing/v1" } }`,
  message:
    "Model models/auto (endpoint) calls smart routing. AnyInt publishes no contract for smart routing: what answers there today may not tomorrow. Name the path of a model family.",
  unknown: ["models/auto#endpoint"],
});

it("smart-routing-is-not-assumed sees a key of AnyInt that is routed by it", () => {
  const text = (rule: string) => `projects: { shop: { name: Shop, environment: production, keys: { a: { routingRule: ${rule} } } } }`;
  expect(told(smartRoutingIsNotAssumed, viewOf(text("smart-routing"), "anyint"))).toEqual([
    expect.stringContaining("ApiKey projects/shop/keys/a (routingRule) is routed by smart routing."),
  ]);
  expect(told(smartRoutingIsNotAssumed, viewOf(text("gpt-5-mini"), "anyint"))).toEqual([]);
});

it("smart-routing-is-not-assumed knows AnyInt by its address", () => {
  const text = 'models: { auto: { provider: custom, identifier: auto, endpoint: "https://api.anyint.example/smart-routing" } }';
  expect(told(smartRoutingIsNotAssumed, viewOf(text))).toHaveLength(1);
});
