import { modelReferences } from "../model-references.js";
import { modelsInReach } from "../models-in-reach.js";
import { defineRule } from "../rule.js";

/** How many names an advice lists. */
const SHOWN = 5;

/** Where a system keeps no models, or a stack declares none, identifiers are free and this has nothing to compare with. */
export const tiersUseRegisteredModels = defineRule({
  name: "tiers-use-registered-models",
  title: "Tiers, routing and keys name registered models",
  why: "Control planes accept any name, and the calls that meet one without a model fail.",
  enforces: ["R-09", "R-34", "R-35", "O-58"],
  level: "mandatory",
  settings: {},
  check: (view) => {
    const reach = modelsInReach(view);
    return [...view.of("RoutingTier"), ...view.of("RoutingPolicy"), ...view.of("ApiKey")].flatMap((object) => {
      const { find, identifiers, isEmpty, isWhole } = reach(object);
      if (!isWhole || isEmpty) return [];
      return modelReferences(object)
        .map(({ property, names }) => ({ property, names: [...new Set(names)].filter((name) => find(name) === undefined) }))
        .filter(({ names }) => names.length > 0)
        .map(({ property, names }) => ({
          object,
          property,
          what: `names ${names.join(", ")}, which no declared Model is called`,
          advice: `Name ${listed(identifiers())}, or declare the model.`,
        }));
    });
  },
  example: {
    bad: `projects:
  checkout:
    name: Checkout
    models: { small: { provider: openai, identifier: gpt-5-mini } }
    keys: { checkout-dev: { environment: development, models: { allowed: [gpt-5-nano] } } }`,
    good: `projects:
  checkout:
    name: Checkout
    launch: { owner: lin@acme.example }
    models: { small: { provider: openai, identifier: gpt-5-mini } }
    keys: { checkout-dev: { environment: development, models: { allowed: [small] } } }`,
  },
});

function listed(identifiers: readonly string[]): string {
  const shown = identifiers.slice(0, SHOWN).join(", ");
  return identifiers.length > SHOWN ? `${shown} or another registered one` : shown;
}
