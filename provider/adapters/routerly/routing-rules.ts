import type { Problem } from "../../../schema/kind.js";
import { ROUTING_POLICY_TYPES } from "../../../schema/kinds/routing-policy.js";
import { repetitions } from "./limit-rules.js";
import { embeds, settingProblems } from "./policy-settings.js";

type Values = Readonly<Record<string, unknown>>;

export function routingRules({ models, policies }: Values): readonly Problem[] {
  return [
    ...routedModelRules(models),
    ...(Array.isArray(policies) ? policies.flatMap((one, index) => policyRules(one as Values, index)) : []),
  ];
}

function routedModelRules(models: unknown): readonly Problem[] {
  if (!Array.isArray(models)) return [];
  const entries = models as readonly Values[];
  return [
    ...repetitions(entries.map(({ model }) => model)).map((index) => ({
      property: `models.${index}.model`,
      reason: `${String(entries[index]?.model)} is there already: each model is routed to once`,
    })),
    ...entries.flatMap(({ weight }, index) =>
      weight === undefined
        ? []
        : [{ property: `models.${index}.weight`, reason: "Routerly has no weight on a model: order the policies of the project instead" }],
    ),
  ];
}

function policyRules({ type, config = {}, embeddingApiKey }: Values, index: number): readonly Problem[] {
  const at = `policies.${index}`;
  const name = String(type);
  if (!(ROUTING_POLICY_TYPES as readonly string[]).includes(name)) {
    return [
      {
        property: `${at}.type`,
        reason: `${name} is no policy of Routerly, which skips it silently: use ${ROUTING_POLICY_TYPES.join(", ")}`,
      },
    ];
  }
  if (!isRecord(config)) return [];
  return [
    ...settingProblems(name, config).map(({ property, reason }) => ({ property: `${at}.config.${property}`, reason })),
    ...(embeddingApiKey !== undefined && !embeds(name, config)
      ? [{ property: `${at}.embeddingApiKey`, reason: "has no use here: only semantic-intent embeds, and llm with a cache in its config" }]
      : []),
  ];
}

function isRecord(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
