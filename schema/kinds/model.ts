import { integer, list, map, money, object, oneOf, ref, secret, text } from "../field.js";
import { defineKind } from "../kind.js";
import { limit } from "./limit.js";

/** A callable model: one endpoint of one provider under a stable identifier, with its prices. */
export const model = defineKind("Model", {
  path: "/models",
  key: ["identifier"],
  keyScope: "project",
  about: "availability",
  stackFile: [
    { under: "Project", at: ["models"], keyField: "name" },
    { at: ["models"], keyField: "name" },
  ],
  fields: {
    /** Display name. */
    name: text({ maxLength: 100, optional: true, about: "cosmetic" }),
    /** Project whose registry holds the model; the whole organization's when absent. Changing it replaces the model. */
    project: ref("Project", { optional: true, replace: true }),
    /** Stable name that routing, keys and requests use. Changing it replaces the model. */
    identifier: text({ maxLength: 100, pattern: "^\\S+$", replace: true }),
    /** Who serves the model: openai, anthropic, gemini, bedrock, azure, internal, custom. */
    provider: text({ maxLength: 64 }),
    /** Base URL of the provider's API. The provider's own when absent. */
    endpoint: text({ format: "uri", maxLength: 2048, optional: true, about: "security" }),
    /** Name of the model at its provider, where it differs from the identifier. */
    upstreamModel: text({ maxLength: 200, optional: true }),
    /** Price of a million input tokens, in US dollars. */
    inputUsdPerMillionTokens: money({ optional: true }),
    /** Price of a million output tokens, in US dollars. */
    outputUsdPerMillionTokens: money({ optional: true }),
    /** Price of a million input tokens read from the provider's cache, in US dollars. */
    cacheReadUsdPerMillionTokens: money({ optional: true }),
    /** Prices that apply above a context length. */
    pricingTiers: list(
      object({
        /** Context length, in tokens, above which these prices apply. */
        aboveContextTokens: integer({ minimum: 1 }),
        /** Price of a million input tokens, in US dollars. */
        inputUsdPerMillionTokens: money(),
        /** Price of a million output tokens, in US dollars. */
        outputUsdPerMillionTokens: money(),
        /** Price of a million cached input tokens, in US dollars. */
        cacheReadUsdPerMillionTokens: money({ optional: true }),
      }),
      { optional: true },
    ),
    /** Longest input and output together, in tokens. */
    contextWindow: integer({ minimum: 1, optional: true }),
    /** What the model can do. */
    capabilities: list(oneOf(["thinking", "vision", "functionCalling", "json", "embedding"]), { optional: true, unordered: true }),
    /** `public` for a provider's public API, `private` for a route of your own. */
    visibility: oneOf(["public", "private"], { optional: true, about: "security" }),
    /** How long traces of this model are kept, in days. */
    dataRetentionDays: integer({ minimum: 0, optional: true, about: "security" }),
    /** Region the model must be called in. */
    regionRestriction: text({ maxLength: 64, optional: true, about: "security" }),
    /** Further settings of the provider: API version, deployment. No secrets. */
    additionalConfig: map(text({ maxLength: 500 }), { optional: true }),
    /** Ceilings on the use of the model. */
    limits: list(limit, { optional: true }),
    /** Provider credential the model is called with. */
    credential: ref("ProviderCredential", { optional: true, soft: true }),
    /** The provider's key itself, for systems that keep it with the model. Raise the version of its reference to send it again. */
    apiKey: secret({ optional: true }),
    /** Assigned by the control plane. */
    modelId: text({ computed: true }),
  },
});
