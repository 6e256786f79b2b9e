import { Refused } from "../../errors.js";
import type { Client } from "../../http/client.js";
import type { ObjectApi, Remote } from "../adapter.js";
import { limitsFromWire, limitsToWire } from "./limits.js";
import { noSecret } from "./no-secret.js";
import { atServer } from "./server.js";
import type { WireModel, WireTier } from "./wire.js";

type Values = Readonly<Record<string, unknown>>;

/** The server fills in none, and calls of a model without one fail. */
export const USUAL_ENDPOINTS: Readonly<Record<string, string>> = {
  openai: "https://api.openai.com/v1",
  anthropic: "https://api.anthropic.com",
  gemini: "https://generativelanguage.googleapis.com/v1beta/openai/",
  ollama: "http://localhost:11434/v1",
};

const CAPABILITIES = ["thinking", "vision", "functionCalling", "json", "embedding"] as const;

/** The registry of models. PUT removes what it does not name, so a change sends the whole model. */
export function modelObjects(client: Client): ObjectApi {
  const at = (id: string) => `/api/models/${encodeURIComponent(id)}`;
  const subject = (id: unknown) => `Model "${String(id)}"`;

  return {
    list: () => atServer(client, "Model", async (turn) => (await turn.list("Model")).map(remoteOf)),
    fetch: (_owner, id) =>
      atServer(client, subject(id), async (turn) => remoteOf(await turn.find("Model", "is not registered", (one) => one.id === id))),
    create: (_owner, values) =>
      atServer(client, subject(values.identifier), async (turn) => {
        const [, made] = await turn.createAndFind(
          "Model",
          () => turn.send("POST", "/api/models", "cannot be created", requestOf(values)),
          (one) => one.id === values.identifier,
        );
        return { remote: remoteOf(made), secrets: {} };
      }),
    update: (_owner, id, changes) =>
      atServer(client, subject(id), async (turn) => {
        if (changes.apiKey === null) throw keptKey(subject(id));
        const now = remoteOf(await turn.find("Model", "is not registered", (one) => one.id === id)).values;
        await turn.send("PUT", at(id), "cannot be changed", requestOf({ ...now, ...changes, identifier: id }));
      }),
    remove: (_owner, id) =>
      atServer(client, subject(id), (turn) =>
        turn.removeAndCheck(
          "Model",
          () => turn.remove(at(id)),
          (one) => one.id === id,
        ),
      ),
    renewSecret: noSecret("Model"),
  };
}

/** A PUT keeps the key that it does not name, and takes no empty one. */
function keptKey(subject: string): Refused {
  return new Refused({
    subject,
    what: "is declared without its apiKey any more, and Routerly keeps a provider's key until another one is sent: it would go on being used",
    advice:
      "Declare the key again or another one; or have the model made anew without it: take it out of the stack, apply, and put it back.",
  });
}

/** The whole model as a request writes it: prices flat. What is cleared is left out or empty, as each field needs it. */
function requestOf(values: Values): Values {
  const text = (name: string) => (typeof values[name] === "string" ? values[name] : undefined);
  const provider = text("provider") ?? "";
  return withoutUndefined({
    id: values.identifier,
    name: text("name") ?? values.identifier,
    provider,
    endpoint: text("endpoint") ?? USUAL_ENDPOINTS[provider],
    apiKey: text("apiKey"),
    upstreamModelId: text("upstreamModel") ?? "",
    inputPerMillion: values.inputUsdPerMillionTokens ?? undefined,
    outputPerMillion: values.outputUsdPerMillionTokens ?? undefined,
    cachePerMillion: values.cacheReadUsdPerMillionTokens ?? undefined,
    pricingTiers: tiersToWire(values.pricingTiers),
    contextWindow: values.contextWindow ?? null,
    limits: limitsToWire(values.limits),
    capabilities: capabilitiesToWire(values.capabilities),
  });
}

function remoteOf(model: WireModel): Remote {
  const { id, cost = {} } = model;
  const values = withoutUndefined({
    identifier: id,
    modelId: id,
    name: model.name,
    provider: model.provider,
    endpoint: model.endpoint,
    upstreamModel: model.upstreamModelId || undefined,
    inputUsdPerMillionTokens: cost.inputPerMillion,
    outputUsdPerMillionTokens: cost.outputPerMillion,
    cacheReadUsdPerMillionTokens: cost.cachePerMillion,
    pricingTiers: (cost.pricingTiers ?? []).map(tierFromWire),
    contextWindow: model.contextWindow || undefined,
    limits: limitsFromWire(model.limits),
    capabilities: CAPABILITIES.filter((name) => model.capabilities?.[name] === true),
  });
  return { id: String(id), owner: undefined, builtIn: false, values, hasSecrets: hasKey(model.provider) };
}

/** The key of a model is never shown. A provider in the cloud answers nothing without one; of one that is custom nobody can say. */
function hasKey(provider: string | undefined): readonly string[] | undefined {
  const usual = USUAL_ENDPOINTS[provider ?? ""];
  if (usual === undefined) return undefined;
  return usual.startsWith("https:") ? ["apiKey"] : [];
}

/** A policy excludes a model only for an explicit false (`capability`), so a declared list says what the model cannot do as well. */
function capabilitiesToWire(declared: unknown): Values {
  if (!Array.isArray(declared) || declared.length === 0) return {};
  return Object.fromEntries(CAPABILITIES.map((name) => [name, declared.includes(name)]));
}

interface Tier {
  readonly aboveContextTokens: number;
  readonly inputUsdPerMillionTokens: number;
  readonly outputUsdPerMillionTokens: number;
  readonly cacheReadUsdPerMillionTokens?: number;
}

function tiersToWire(tiers: unknown): Values[] {
  return (Array.isArray(tiers) ? (tiers as Tier[]) : []).map((tier) =>
    withoutUndefined({
      metric: "context_tokens",
      above: tier.aboveContextTokens,
      inputPerMillion: tier.inputUsdPerMillionTokens,
      outputPerMillion: tier.outputUsdPerMillionTokens,
      cachePerMillion: tier.cacheReadUsdPerMillionTokens,
    }),
  );
}

function tierFromWire(tier: WireTier): Values {
  return withoutUndefined({
    aboveContextTokens: tier.above,
    inputUsdPerMillionTokens: tier.inputPerMillion,
    outputUsdPerMillionTokens: tier.outputPerMillion,
    cacheReadUsdPerMillionTokens: tier.cachePerMillion,
  });
}

function withoutUndefined(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
