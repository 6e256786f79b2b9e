import { expect, it } from "vitest";
import { fallbacksDiffer } from "../../provider/policies/rules/fallbacks-differ.js";
import { UNKNOWN } from "../../provider/policies/seen.js";
import { StackView } from "../../provider/policies/stack-view.js";
import { ruleCases, told } from "./support/rule-cases.js";
import { seenObject } from "./support/seen-object.js";
import { viewOf } from "./support/view.js";

const routed = (routing: string) => `
projects:
  checkout:
    name: Checkout
    models: { small: { provider: openai, identifier: s }, large: { provider: anthropic, identifier: l } }
    routing: ${routing}`;

ruleCases(fallbacksDiffer, {
  passes: routed("{ tiers: { simple: { model: small, fallbacks: [large] }, private: large } }"),
  fails: routed("{ tiers: { simple: small } }"),
  message:
    "RoutingTier projects/checkout/routing/tiers/simple (fallbacks) has no fallback. When a model fails, a fallback to the same one fails with it. Write fallbacks with one stronger model of another provider.",
  unknown: ["projects/checkout/routing/tiers/simple#fallbacks"],
});

it("fallbacks-differ only advises to have a fallback at all", () => {
  expect(told(fallbacksDiffer, viewOf(routed("{ tiers: { simple: small } }")))[0]).toMatch(/^advisory: /);
});

it("fallbacks-differ takes the fallbacks of the project's routing for those of its tiers", () => {
  expect(told(fallbacksDiffer, viewOf(routed("{ tiers: { simple: small }, fallbacks: [large] }")))).toEqual([]);
  expect(told(fallbacksDiffer, viewOf(routed("{ tiers: { simple: small } }"), "olyx"))).toEqual([]);
});

it("fallbacks-differ stops a tier that falls back to its own model, seen alone too, beside unknown ones", () => {
  const fallbacks = [UNKNOWN as unknown as string, "s"];
  const tier = seenObject("RoutingTier", "simple", { project: "checkout", tier: "simple", model: "s", fallbacks });
  expect(told(fallbacksDiffer, new StackView([tier]))).toEqual([
    expect.stringMatching(/^mandatory: RoutingTier simple \(fallbacks\) falls back from s to s itself\./),
  ]);
});

it("fallbacks-differ stops a rule that routes to one model and falls back to it", () => {
  const rule = (models: string) => `routing: { rules: { cheap: { strategy: fallback, models: ${models}, fallbacks: [gpt-4o] } } }`;
  expect(told(fallbacksDiffer, viewOf(rule("[{ model: gpt-4o }]"), "floopy"))).toEqual([
    expect.stringMatching(/^mandatory: RoutingPolicy routing\/rules\/cheap \(fallbacks\) falls back from gpt-4o to gpt-4o itself\./),
  ]);
  expect(told(fallbacksDiffer, viewOf(rule("[{ model: gpt-4o }, { model: gpt-4o-mini }]"), "floopy"))).toEqual([]);
});

it("fallbacks-differ asks a tier seen alone for nothing: its project may have fallbacks", () => {
  const tier = seenObject("RoutingTier", "simple", { project: "checkout", tier: "simple", model: "s" });
  expect(told(fallbacksDiffer, new StackView([tier]))).toEqual([]);
  expect(told(fallbacksDiffer, new StackView([tier, seenObject("Project", "checkout", { name: "Checkout" })]))).toHaveLength(1);
});
