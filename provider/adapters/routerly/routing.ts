import { AlreadyExists } from "../../errors.js";
import type { Client } from "../../http/client.js";
import type { ObjectApi, Remote } from "../adapter.js";
import { noSecret } from "./no-secret.js";
import { changeProject } from "./project-body.js";
import { atServer, type Turn } from "./server.js";
import type { WirePolicy, WireProject } from "./wire.js";

type Values = Readonly<Record<string, unknown>>;

const KEY = "embedding_api_key";

/**
 * Models and policies of a project. They are there as long as the project is; a project that has neither counts as one without
 * routing, and a removal leaves it like that.
 */
export function routingObjects(client: Client): ObjectApi {
  const subject = (project: unknown) => `RoutingPolicy of project ${String(project)}`;
  const write = (turn: Turn, project: string, values: Values) =>
    changeProject(turn, project, (now) => ({
      ...now,
      ...(values.models === undefined ? {} : { models: modelsToWire(values.models) }),
      ...(values.policies === undefined ? {} : { policies: policiesToWire(values.policies, now.policies ?? []) }),
    }));

  return {
    list: () => atServer(client, "RoutingPolicy", async (turn) => (await turn.list("Project")).filter(hasRouting).map(remoteOf)),
    fetch: (_owner, id) =>
      atServer(client, subject(id), async (turn) =>
        remoteOf(await turn.find("Project", "is not there, and so neither is its routing", (one) => one.id === id)),
      ),
    create: (_owner, values) =>
      atServer(client, subject(values.project), async (turn) => {
        const id = String(values.project);
        const now = await turn.find("Project", "belongs to a project that is not there", (one) => one.id === id);
        if (hasRouting(now)) throw new AlreadyExists({ subject: subject(now.name), what: "has models or policies already" });
        await write(turn, id, values);
        return { remote: remoteOf(await turn.find("Project", "is not there", (one) => one.id === id)), secrets: {} };
      }),
    update: (_owner, id, changes) => atServer(client, subject(id), (turn) => write(turn, id, changes)),
    remove: (_owner, id) => atServer(client, subject(id), (turn) => write(turn, id, { models: [], policies: [] })),
    renewSecret: noSecret("RoutingPolicy"),
  };
}

function hasRouting({ models = [], policies }: WireProject): boolean {
  return models.length > 0 || (policies ?? []).length > 0;
}

function remoteOf({ id, models = [], policies }: WireProject): Remote {
  const values = {
    policyId: id,
    project: id,
    models: models.map(({ modelId, prompt }) => ({ model: modelId, ...(prompt ? { prompt } : {}) })),
    policies: (policies ?? []).map(policyFromWire),
  };
  const hasSecrets = (policies ?? []).flatMap((policy, index) => (keyIn(policy) ? [`policies.${index}.embeddingApiKey`] : []));
  return { id, owner: undefined, builtIn: false, values, hasSecrets };
}

function modelsToWire(models: unknown): { modelId: string; prompt?: string }[] {
  const entries = (models ?? []) as { model: string; prompt?: string }[];
  return entries.map(({ model, prompt }) => ({ modelId: model, ...(prompt === undefined ? {} : { prompt }) }));
}

interface Policy {
  readonly type: string;
  readonly enabled?: boolean;
  readonly config?: Values;
  readonly embeddingApiKey?: string;
}

/** Without the keys of embedding services, which the server shows to everybody and no state may hold. */
function policyFromWire({ type, enabled, config = {} }: WirePolicy): Policy {
  const { [KEY]: _key, cache, ...rest } = config;
  const shown = isValues(cache) ? { ...rest, cache: Object.fromEntries(Object.entries(cache).filter(([name]) => name !== KEY)) } : rest;
  return { type, enabled: Boolean(enabled), ...(Object.keys(shown).length === 0 ? {} : { config: shown }) };
}

/** A key that is not declared stays what it is in the policy of the same type at the same place among them. */
function policiesToWire(policies: unknown, now: readonly WirePolicy[]): WirePolicy[] {
  const former = now.map((policy) => ({ type: policy.type, key: keyIn(policy) }));
  return ((policies ?? []) as Policy[]).map(({ type, enabled = true, config, embeddingApiKey }) => {
    const found = former.findIndex((one) => one.type === type);
    const [kept] = found < 0 ? [] : former.splice(found, 1);
    const key = embeddingApiKey ?? kept?.key;
    const whole = key === undefined ? config : withKey(config ?? {}, key);
    return { type, enabled, ...(whole === undefined ? {} : { config: whole }) };
  });
}

/** `llm` keeps the key with the cache that needs it, `semantic-intent` beside its other settings. */
function withKey(config: Values, key: unknown): Values {
  return isValues(config.cache) ? { ...config, cache: { ...config.cache, [KEY]: key } } : { ...config, [KEY]: key };
}

function keyIn({ config = {} }: WirePolicy): unknown {
  return config[KEY] ?? (isValues(config.cache) ? config.cache[KEY] : undefined);
}

function isValues(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
