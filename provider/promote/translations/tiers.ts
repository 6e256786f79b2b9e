import type { Draft, DraftEntry } from "../draft.js";
import { inProject } from "../named.js";
import { lackOf, offers, offersKind } from "../offers.js";
import type { Way } from "../way.js";
import type { Translation } from "./translation.js";

/** Tiers where a project has them in another form: with one order of fallbacks, or as a rule that its keys name. */
export const tiers: Translation = (draft, way) => {
  const { target } = way;
  const hasTiers = offersKind(target, "RoutingTier");
  for (const project of draft.entries("Project")) {
    const own = inProject(draft, "RoutingTier", project);
    if (own.length === 0) continue;
    if (hasTiers && !offers(target, "RoutingTier", "fallbacks") && offers(target, "RoutingPolicy", "fallbacks"))
      oneOrder(draft, project, own);
    if (!hasTiers && offers(target, "RoutingPolicy", "strategy") && offers(target, "ApiKey", "routingRule"))
      asRule(draft, way, project, own);
  }
};

/** Only where every tier has the same ones, so that no class of requests gets a model that it could not have had. */
function oneOrder(draft: Draft, project: DraftEntry, own: readonly DraftEntry[]): void {
  const orders = new Set(own.map(({ given }) => JSON.stringify(given.fallbacks)));
  const [first] = own;
  const fallbacks = first?.given.fallbacks;
  const [policy] = inProject(draft, "RoutingPolicy", project);
  if (orders.size !== 1 || !Array.isArray(fallbacks) || policy?.given.fallbacks !== undefined) return;
  const path = [...project.node.path, "routing", "fallbacks"];
  draft.add(project.file, path, fallbacks);
  for (const tier of own) {
    draft.tell(tier, {
      field: "fallbacks",
      result: "translated",
      from: fallbacks,
      to: path.join("/"),
      why: "a project has one order of fallbacks",
    });
    draft.unset(tier, "fallbacks");
  }
}

/** Only where a project has one tier: a key cannot tell the classes of its requests apart. */
function asRule(draft: Draft, { target }: Way, project: DraftEntry, own: readonly DraftEntry[]): void {
  const [tier] = own;
  if (own.length !== 1 || tier === undefined) return;
  const { model, fallbacks = [] } = tier.given as { model: string; fallbacks?: readonly string[] };
  const rule = `${project.key}-${tier.key}`;
  const path = ["routing", "rules", rule];
  const rest = Array.isArray(fallbacks) ? fallbacks : [];
  draft.add(draft.main, path, {
    strategy: "fallback",
    models: [model, ...rest].map((one) => ({ model: identifierOf(draft, project, String(one)) })),
  });
  for (const key of inProject(draft, "ApiKey", project).filter(({ given }) => given.routingRule === undefined)) {
    draft.set(key, "routingRule", rule);
    draft.tell(key, { field: "routingRule", result: "translated", to: rule, why: `the tier ${tier.key} of its project, as a rule` });
  }
  draft.tell(tier, { result: "translated", to: path.join("/"), why: lackOf(target, "RoutingTier") });
  draft.remove(tier);
}

function identifierOf(draft: Draft, project: DraftEntry, text: string): string {
  const model = inProject(draft, "Model", project).find(({ key, given }) => key === text || given.identifier === text);
  return String(model?.given.identifier ?? text);
}
