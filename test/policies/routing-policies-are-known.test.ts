import { expect, it } from "vitest";
import { routingPoliciesAreKnown } from "../../provider/policies/rules/routing-policies-are-known.js";
import { UNKNOWN } from "../../provider/policies/seen.js";
import { StackView } from "../../provider/policies/stack-view.js";
import { ruleCases, told } from "./support/rule-cases.js";
import { seenObject } from "./support/seen-object.js";
import { viewOf } from "./support/view.js";

const routed = (policies: string) => `projects: { checkout: { name: Checkout, routing: { policies: [${policies}] } } }`;

ruleCases(routingPoliciesAreKnown, {
  passes: routed("{ type: health }, { type: semantic-intent }, { type: cheapest }"),
  fails: routed("{ type: health }, { type: cheap }"),
  message:
    "RoutingPolicy projects/checkout/routing (policies) has a policy of the type cheap, which is none. A policy of an unknown type is skipped silently, and requests are routed without it. Write one of context, cheapest, health, performance, llm, capability, rate-limit, fairness, budget-remaining, semantic-intent.",
  unknown: ["projects/checkout/routing#policies"],
});

it("routing-policies-are-known takes the house's own types", () => {
  const house = "governance: { settings: { routing-policies-are-known: { custom: [cheap] } } }";
  expect(told(routingPoliciesAreKnown, viewOf(`${routed("{ type: cheap }")}\n${house}`))).toEqual([]);
});

it("routing-policies-are-known tells a wrong type beside an unknown one", () => {
  const policies = [{ type: UNKNOWN as unknown as string }, { type: "cheap" }];
  expect(told(routingPoliciesAreKnown, new StackView([seenObject("RoutingPolicy", "routing", { policies }, "routerly")]))).toHaveLength(1);
});
