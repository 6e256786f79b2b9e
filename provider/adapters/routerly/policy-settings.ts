import {
  type Fields,
  flag,
  integer,
  type JsonSchema,
  json,
  list,
  map,
  number,
  object,
  objectSchema,
  oneOf,
  text,
} from "../../../schema/field.js";
import type { Problem } from "../../../schema/kind.js";
import type { ROUTING_POLICY_TYPES } from "../../../schema/kinds/routing-policy.js";
import { validatorOf } from "../../../schema/validator.js";

type Values = Readonly<Record<string, unknown>>;
type PolicyType = (typeof ROUTING_POLICY_TYPES)[number];

/** Setting in which the server keeps a secret, which a declaration gives as `embeddingApiKey`. */
const SECRET_SETTING = "embedding_api_key";

const optional = { optional: true } as const;
const minutes = number({ ...optional, exclusiveMinimum: 0 });
/** 0 for a plain mean. */
const halfLife = number({ ...optional, minimum: 0 });
const share = number({ ...optional, minimum: 0, maximum: 1 });
const count = integer({ ...optional, minimum: 0 });
const names = list(text(), optional);
const embeddingProvider = ["openai", "ollama"] as const;

/** The settings of each policy in Routerly's words. The server stores any others, which nothing reads, and any type of these. */
const POLICY_SETTINGS: Readonly<Record<PolicyType, Fields>> = {
  context: {},
  cheapest: {},
  capability: {},
  "budget-remaining": {},
  health: {
    windowMinutes: minutes,
    halfLifeMinutes: halfLife,
    pseudoCounts: number({ ...optional, minimum: 0 }),
    circuitBreaker: share,
  },
  performance: { windowMinutes: minutes, halfLifeMinutes: halfLife, minSamples: count },
  "rate-limit": { windowMinutes: minutes, maxCallsPerWindow: count },
  fairness: { windowMinutes: minutes },
  llm: {
    routingModelId: text(),
    fallbackModelIds: names,
    autoRouting: flag(optional),
    additionalPromptInfo: text({ ...optional, minLength: 0 }),
    thinking: flag(optional),
    includeReason: flag(optional),
    // The server raises smaller numbers to these.
    maxCompletionTokens: integer({ ...optional, minimum: 50 }),
    maxUserMessageChars: integer({ ...optional, minimum: 100 }),
    memory: flag(optional),
    memoryCount: count,
    cache: object(
      {
        enabled: flag(optional),
        embedding_model: text(optional),
        embedding_provider: oneOf(embeddingProvider, optional),
        embedding_fallback_models: names,
        embedding_endpoint: text({ ...optional, format: "uri" }),
        ttl_seconds: number({ ...optional, exclusiveMinimum: 0 }),
        extend_on_hit: flag(optional),
        similarity_threshold: share,
      },
      optional,
    ),
  },
  "semantic-intent": {
    embedding_provider: oneOf(embeddingProvider),
    embedding_model: text(),
    intents: map(object({ examples: list(text()), candidate_models: list(text()) })),
    embedding_endpoint: text({ ...optional, format: "uri" }),
    embedding_fallback_models: names,
    absolute_threshold: share,
    ambiguity_threshold: share,
    // Stored, and read by nothing.
    fallback_policy: json<unknown>({}, optional),
  },
};

const VALIDATORS = new Map(
  Object.entries(POLICY_SETTINGS).map(([type, fields]) => [type, validatorOf(objectSchema(fields) as JsonSchema, "policy")] as const),
);

/** What is wrong with the settings of a policy of a known type, by dotted setting. */
export function settingProblems(type: string, config: Values): readonly Problem[] {
  const known = Object.keys(POLICY_SETTINGS[type as PolicyType]);
  const reasonOf = ({ property, reason }: Problem): string => {
    if (property.split(".").at(-1) === SECRET_SETTING)
      return "holds a key in clear: write embeddingApiKey: { env: GATEHOUSE_… } beside config";
    if (property in config && !known.includes(property))
      return `is no setting of a policy of type ${type}: it has ${known.join(", ") || "none"}`;
    return reason;
  };
  return (VALIDATORS.get(type)?.(config) ?? []).map((problem) => ({ property: problem.property, reason: reasonOf(problem) }));
}

/** True when a policy with these settings asks an embedding service, which may want a key. */
export function embeds(type: string, config: Values): boolean {
  return type === "semantic-intent" || (type === "llm" && config.cache !== undefined);
}
