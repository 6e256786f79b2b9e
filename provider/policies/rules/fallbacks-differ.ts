import { items, member } from "../member.js";
import { routingOfProject } from "../routing-of-project.js";
import { defineRule, type Violation } from "../rule.js";
import type { SeenObject } from "../seen.js";
import type { StackView } from "../stack-view.js";

const FALLBACK = "Write fallbacks with one stronger model of another provider.";

export const fallbacksDiffer = defineRule({
  name: "fallbacks-differ",
  title: "A tier has a fallback, and it is another model",
  why: "When a model fails, a fallback to the same one fails with it.",
  enforces: ["O-36"],
  level: "mandatory",
  alone: "RoutingTier",
  settings: {},
  check: (view) => {
    const routingOf = routingOfProject(view);
    return [
      ...view.of("RoutingTier").flatMap((tier) => [...toItself(tier, tier.inputs.model), ...withoutAny(view, tier, routingOf(tier))]),
      ...view.of("RoutingPolicy").flatMap((policy) => toItself(policy, onlyModel(policy))),
    ];
  },
  example: {
    bad: `projects:
  checkout:
    name: Checkout
    models: { small: { provider: openai, identifier: gpt-5-mini } }
    routing: { tiers: { simple: small } }`,
    good: `projects:
  checkout:
    name: Checkout
    launch: { owner: lin@acme.example }
    models:
      small: { provider: openai, identifier: gpt-5-mini }
      large: { provider: anthropic, identifier: claude-sonnet-5 }
    routing: { tiers: { simple: { model: small, fallbacks: [large] } } }`,
  },
});

function toItself(object: SeenObject<"RoutingTier"> | SeenObject<"RoutingPolicy">, model: unknown): readonly Violation[] {
  if (typeof model !== "string" || !items(object.inputs.fallbacks).includes(model)) return [];
  return [{ object, property: "fallbacks", what: `falls back from ${model} to ${model} itself`, advice: FALLBACK }];
}

/** Only where it can be known: a tier's project may have fallbacks for all of its tiers. */
function withoutAny(
  view: StackView,
  tier: SeenObject<"RoutingTier">,
  routing: readonly SeenObject<"RoutingPolicy">[],
): readonly Violation[] {
  const isAskedFor = tier.inputs.tier !== "private" && typeof tier.inputs.tier === "string" && view.offers(tier, "fallbacks");
  if (view.projectOf(tier) === undefined || !isAskedFor || mayHold(tier.inputs.fallbacks)) return [];
  if (routing.some(({ inputs }) => mayHold(inputs.fallbacks))) return [];
  return [{ object: tier, property: "fallbacks", what: "has no fallback", advice: FALLBACK, onlyAdvice: "unlessAsked" }];
}

function mayHold(list: unknown): boolean {
  return list !== undefined && !(Array.isArray(list) && list.length === 0);
}

/** The model of a policy that routes to one alone. */
function onlyModel({ inputs }: SeenObject<"RoutingPolicy">): unknown {
  const models = items(inputs.models);
  return models.length === 1 ? member(models[0], "model") : undefined;
}
