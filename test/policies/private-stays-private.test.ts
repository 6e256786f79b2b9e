import { expect, it } from "vitest";
import { privateStaysPrivate } from "../../provider/policies/rules/private-stays-private.js";
import { ruleCases, told } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

const routed = (routing: string) => `
projects:
  checkout:
    name: Checkout
    models:
      own: { provider: internal, identifier: own-1, visibility: private }
      other: { provider: internal, identifier: own-2, visibility: private }
      large: { provider: anthropic, identifier: large-1, visibility: public }
      silent: { provider: openai, identifier: silent-1 }
    routing: { ${routing} }`;

const said = (routing: string) => told(privateStaysPrivate, viewOf(routed(routing))).map((line) => line.split(". ")[0]);

ruleCases(privateStaysPrivate, {
  passes: routed("tiers: { private: { model: own, fallbacks: [other] }, simple: { model: large, fallbacks: [silent, own] } }"),
  fails: routed("tiers: { private: { model: own, fallbacks: [large] } }"),
  message:
    "RoutingTier projects/checkout/routing/tiers/private (fallbacks) falls back to large-1, not declared private. One failure of the private model would send what must not leave the house to a public provider. Name models with visibility: private only, or none.",
  unknown: ["projects/checkout/models/large#visibility"],
});

it("private-stays-private lets only models answer the private tier that are declared private", () => {
  expect(said("tiers: { private: silent }")).toEqual([
    "mandatory: RoutingTier projects/checkout/routing/tiers/private (model) answers private requests with silent-1, not declared private",
  ]);
});

it("private-stays-private guards a private model in any tier", () => {
  expect(said("tiers: { simple: { model: own, fallbacks: [other, large] } }")).toEqual([
    "mandatory: RoutingTier projects/checkout/routing/tiers/simple (fallbacks) falls back to large-1, not declared private",
  ]);
});

it("private-stays-private sees the fallbacks and shadows that a project has for all of its tiers", () => {
  expect(said("tiers: { private: own }, shadows: [large], fallbacks: [silent]")).toEqual([
    "mandatory: RoutingTier projects/checkout/routing/tiers/private is also answered, by the routing of its project, by silent-1, large-1, not declared private",
  ]);
});

it("private-stays-private reads a list of models as fallbacks only where one stands in for the other", () => {
  const models = "models: [{ model: own }, { model: large }]";
  expect(said(`${models}, strategy: round_robin`)).toEqual([]);
  expect(said(`${models}, strategy: fallback`)).toEqual([
    "mandatory: RoutingPolicy projects/checkout/routing (fallbacks) sends private requests on to large-1, not declared private",
  ]);
});
