import { projectScope } from "../cap-scopes.js";
import { modelsInReach } from "../models-in-reach.js";
import { defineRule, type Violation } from "../rule.js";
import type { SeenObject } from "../seen.js";
import type { StackView } from "../stack-view.js";

const ORDER = ["simple", "medium", "complex"] as const;

interface Priced {
  readonly tier: SeenObject<"RoutingTier">;
  readonly rank: number;
  /** A million tokens in and a million out, in US dollars. */
  readonly usd: number;
}

export const pricesRiseWithTheTier = defineRule({
  name: "prices-rise-with-the-tier",
  title: "A simpler tier is not dearer than a harder one",
  why: "Tiers are there so that easy requests cost less; the other way round each of them costs more than it must.",
  enforces: ["O-36"],
  level: "advisory",
  settings: {},
  check: (view) =>
    [...pricedByProject(view).values()].flatMap((tiers) => {
      const sorted = [...tiers].sort((a, b) => a.rank - b.rank);
      return sorted.flatMap((lower, index) => dearer(lower, sorted[index + 1]));
    }),
  example: {
    bad: tiers("large", "small"),
    good: tiers("small", "large"),
  },
});

function dearer(lower: Priced, higher: Priced | undefined): readonly Violation[] {
  if (higher === undefined || lower.usd <= higher.usd) return [];
  return [
    {
      object: lower.tier,
      property: "model",
      what: `costs ${lower.usd} US dollars for a million tokens in and out, above the ${higher.usd} of ${higher.tier.name}`,
      advice: "Give the simpler tier the cheaper model, or correct the prices.",
    },
  ];
}

function pricedByProject(view: StackView): ReadonlyMap<string, Priced[]> {
  const reach = modelsInReach(view);
  const projects = new Map<string, Priced[]>();
  for (const tier of view.of("RoutingTier")) {
    const { model, tier: name } = tier.inputs;
    const project = projectScope(view, tier);
    const rank = (ORDER as readonly unknown[]).indexOf(name);
    const usd = typeof model === "string" ? priceOf(reach(tier).find(model)) : undefined;
    if (typeof project !== "string" || rank < 0 || usd === undefined) continue;
    projects.set(project, [...(projects.get(project) ?? []), { tier, rank, usd }]);
  }
  return projects;
}

function priceOf(model: SeenObject<"Model"> | undefined): number | undefined {
  const { inputUsdPerMillionTokens: input, outputUsdPerMillionTokens: output } = model?.inputs ?? {};
  return typeof input === "number" && typeof output === "number" ? input + output : undefined;
}

function tiers(simple: string, complex: string): string {
  return `projects:
  checkout:
    name: Checkout
    launch: { owner: lin@acme.example }
    models:
      small: { provider: openai, identifier: gpt-5-mini, inputUsdPerMillionTokens: 0.25, outputUsdPerMillionTokens: 2 }
      large: { provider: anthropic, identifier: claude-sonnet-5, inputUsdPerMillionTokens: 3, outputUsdPerMillionTokens: 15 }
    routing: { tiers: { simple: { model: ${simple}, fallbacks: [${complex}] }, complex: { model: ${complex}, fallbacks: [${simple}] } } }`;
}
