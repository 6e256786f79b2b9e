import { items, member } from "../member.js";
import { modelsInReach } from "../models-in-reach.js";
import { routingOfProject } from "../routing-of-project.js";
import { defineRule, type Violation } from "../rule.js";
import { type SeenObject, UNKNOWN } from "../seen.js";
import type { StackView } from "../stack-view.js";

type Routed = SeenObject<"RoutingTier"> | SeenObject<"RoutingPolicy">;
type Visibility = (identifier: unknown) => "private" | "public" | undefined;

const ADVICE = "Name models with visibility: private only, or none.";

export const privateStaysPrivate = defineRule({
  name: "private-stays-private",
  title: "Private requests stay on private models",
  why: "One failure of the private model would send what must not leave the house to a public provider.",
  enforces: ["O-36"],
  level: "mandatory",
  settings: {},
  check: (view) => {
    const reach = modelsInReach(view);
    const routingOf = routingOfProject(view);
    const visibilityFor =
      (object: SeenObject): Visibility =>
      (identifier) =>
        visibilityOf(view, typeof identifier === "string" ? reach(object).find(identifier) : undefined);
    return [
      ...view.of("RoutingTier").flatMap((tier) => ofTier(tier, routingOf(tier), visibilityFor(tier))),
      ...view.of("RoutingPolicy").flatMap((policy) => ofPolicy(policy, visibilityFor(policy))),
    ];
  },
  example: {
    bad: `projects:
  checkout:
    name: Checkout
    models:
      own: { provider: internal, identifier: own-1, visibility: private }
      large: { provider: anthropic, identifier: claude-sonnet-5, visibility: public }
    routing: { tiers: { private: { model: own, fallbacks: [large] } } }`,
    good: `projects:
  checkout:
    name: Checkout
    launch: { owner: lin@acme.example }
    models:
      own: { provider: internal, identifier: own-1, visibility: private }
      other: { provider: internal, identifier: own-2, visibility: private }
    routing: { tiers: { private: { model: own, fallbacks: [other] } } }`,
  },
});

/** A model that does not say is public: privacy is declared. Undefined for what is not declared, or not known, or not to be said there. */
function visibilityOf(view: StackView, model: SeenObject<"Model"> | undefined): ReturnType<Visibility> {
  if (model === undefined || !view.offers(model, "visibility") || model.inputs.visibility === UNKNOWN) return undefined;
  return model.inputs.visibility ?? "public";
}

/** The fallbacks and shadows of its project's policies stand in for every tier. */
function ofTier(
  tier: SeenObject<"RoutingTier">,
  routing: readonly SeenObject<"RoutingPolicy">[],
  visibility: Visibility,
): readonly Violation[] {
  const isPrivate = tier.inputs.tier === "private";
  if (!isPrivate && visibility(tier.inputs.model) !== "private") return [];
  return [
    ...(isPrivate ? violation(tier, "model", "answers private requests with", [tier.inputs.model], visibility) : []),
    ...violation(tier, "fallbacks", "falls back to", items(tier.inputs.fallbacks), visibility),
    ...violation(tier, undefined, "is also answered, by the routing of its project, by", routing.flatMap(standIns), visibility),
  ];
}

function ofPolicy(policy: SeenObject<"RoutingPolicy">, visibility: Visibility): readonly Violation[] {
  const models = items(policy.inputs.models).map((entry) => member(entry, "model"));
  const first = models.findIndex((model) => visibility(model) === "private");
  if (first < 0) return [];
  const later = policy.inputs.strategy === "fallback" ? models.slice(first) : [];
  return violation(policy, "fallbacks", "sends private requests on to", [...later, ...standIns(policy)], visibility);
}

function standIns({ inputs }: SeenObject<"RoutingPolicy">): readonly unknown[] {
  return [...items(inputs.fallbacks), ...items(inputs.shadows)];
}

function violation(
  object: Routed,
  property: string | undefined,
  words: string,
  models: readonly unknown[],
  visibility: Visibility,
): readonly Violation[] {
  const open = [...new Set(models)].filter((model) => visibility(model) === "public");
  if (open.length === 0) return [];
  return [
    { object, ...(property === undefined ? {} : { property }), what: `${words} ${open.join(", ")}, not declared private`, advice: ADVICE },
  ];
}
