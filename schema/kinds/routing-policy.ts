import { flag, integer, list, map, number, object, oneOf, oneOfOrCustom, ref, secret, text } from "../field.js";
import { defineKind, type Problem } from "../kind.js";

export const ROUTING_POLICY_TYPES = [
  "context",
  "cheapest",
  "health",
  "performance",
  "llm",
  "capability",
  "rate-limit",
  "fairness",
  "budget-remaining",
  "semantic-intent",
] as const;

const ROUTING_STRATEGIES = ["fallback", "round_robin", "weighted", "latency_based", "feedback_driven", "smart_cost"] as const;

const rollingWindow = oneOf(["rolling_24h", "rolling_7d"]);

/** How requests find their model: the policies of a project, a named rule that keys refer to, or the organization's constraints. */
export const routingPolicy = defineKind("RoutingPolicy", {
  path: "/routing-policies",
  key: ["name"],
  keyScope: "project",
  about: "availability",
  stackFile: [{ under: "Project", at: ["routing"] }, { at: ["routing", "rules"], keyField: "name" }, { at: ["routing"] }],
  fields: {
    /** Name by which keys refer to the rule. A project's own routing has none. Changing it replaces the rule. */
    name: text({ maxLength: 100, optional: true, replace: true }),
    /** Project that is routed; the whole organization when absent. Changing it replaces the policy. */
    project: ref("Project", { optional: true, replace: true }),
    /** Models that requests are routed over, in order of preference. */
    models: list(
      object({
        /** Identifier of the model. */
        model: ref("Model", { by: "identifier" }),
        /** Share of the requests, for the strategy `weighted`. */
        weight: number({ minimum: 0, maximum: 100, optional: true }),
        /** System prompt that goes before every request to this model. */
        prompt: text({ maxLength: 20_000, optional: true }),
      }),
      { optional: true },
    ),
    /** How one of the models is chosen. */
    strategy: oneOf(ROUTING_STRATEGIES, { optional: true }),
    /** Policies that weigh the models, the most important one first. */
    policies: list(
      object({
        /** What the policy looks at. */
        type: oneOfOrCustom(ROUTING_POLICY_TYPES),
        /** False to keep the policy without using it. */
        enabled: flag({ optional: true }),
        /** Settings of the policy, in the system's words. No secrets. */
        config: map({ schema: {}, flags: {} }, { optional: true }),
        /** Key of the embedding service, for policies that call one. */
        embeddingApiKey: secret({ optional: true }),
      }),
      { optional: true },
    ),
    /** Identifiers that stand in when the chosen model fails, in order. */
    fallbacks: list(ref("Model", { by: "identifier" }), { optional: true }),
    /** Identifiers that answer beside the chosen model, for comparison only. */
    shadows: list(ref("Model", { by: "identifier" }), { optional: true }),
    /** Bounds for changes that the system makes by itself. */
    constraints: object(
      {
        /** Loss of quality that is accepted, from 0 to 0.5. */
        maxRegression: object(
          {
            /** The loss, from 0 to 0.5. */
            value: number({ minimum: 0, maximum: 0.5 }),
            /** Time over which it is measured. */
            window: rollingWindow,
          },
          { optional: true },
        ),
        /** Rise of cost that is accepted, from 0 to 5 (500 %). */
        maxCostIncrease: object(
          {
            /** The rise, from 0 to 5. */
            value: number({ minimum: 0, maximum: 5 }),
            /** Time over which it is measured. */
            window: rollingWindow,
          },
          { optional: true },
        ),
        /** Confidence that a decision needs, from 0 to 1. */
        confidenceThreshold: number({ minimum: 0, maximum: 1, optional: true }),
        /** Samples before a candidate is promoted. */
        minSamplesBeforePromotion: integer({ minimum: 1, maximum: 100_000, optional: true }),
        /** Spread of outcomes that is accepted, above 0 up to 1. */
        maxOutcomeVariance: number({ exclusiveMinimum: 0, maximum: 1, optional: true }),
        /** Fall of cost that needs no validation, above 0 up to 1. */
        maxCostDropWithoutValidation: number({ exclusiveMinimum: 0, maximum: 1, optional: true }),
        /** Whether a candidate must run as a shadow before it is live. */
        requireShadowBeforeLive: flag({ optional: true }),
      },
      { optional: true },
    ),
    /** Assigned by the control plane. */
    policyId: text({ computed: true }),
  },
  rules: (inputs) => [...nameProblems(inputs), ...weightProblems(inputs)],
});

function nameProblems({ name, project, strategy }: Readonly<Record<string, unknown>>): readonly Problem[] {
  if (name !== undefined || project !== undefined || strategy === undefined) return [];
  return [{ property: "strategy", reason: "belongs to a named rule: write it under routing.rules" }];
}

function weightProblems({ strategy, models }: Readonly<Record<string, unknown>>): readonly Problem[] {
  const weights = Array.isArray(models) ? models.map((entry) => (entry as { weight?: number }).weight) : [];
  if (strategy !== "weighted" || weights.length === 0) return [];
  const sum = weights.reduce<number>((total, weight) => total + (weight ?? 0), 0);
  return Math.abs(sum - 100) < 0.01 ? [] : [{ property: "models", reason: `weigh ${sum} % together: the weights must add up to 100` }];
}
