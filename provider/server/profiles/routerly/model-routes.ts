import type { FastifyInstance } from "fastify";
import { type Body, bodyOf, guarded, paramOf, type Routerly } from "./context.js";
import { failure, notFound } from "./failures.js";
import type { Limit, ModelRecord, ProjectRecord } from "./records.js";

/** The registry of models: prices are flat in requests and nested in answers. Nothing is validated. */
export function modelRoutes(app: FastifyInstance, routerly: Routerly): void {
  const { records } = routerly;
  const route = guarded(routerly, app);

  route("GET", "/api/models", undefined, async () => (await records.read("models")).map(shown));

  route("POST", "/api/models", "model:write", async (request, reply) => {
    const body = bodyOf(request);
    const made = await records.change("models", (models) => {
      if (body.id !== undefined && models.some(({ id }) => id === body.id)) throw failure(409, "Model already exists");
      const original = models.find(({ id }) => id === body.cloneFrom);
      const model = withoutUndefined({
        ...written(body),
        id: body.id,
        name: body.name ?? body.id,
        apiKey: body.apiKey || original?.apiKey,
        cfClearance: body.cfClearance || original?.cfClearance,
        upstreamModelId: body.upstreamModelId || undefined,
        contextWindow: body.contextWindow,
        capabilities: body.capabilities as ModelRecord["capabilities"],
      });
      models.push(model);
      return model;
    });
    return reply.code(201).send(shown(made));
  });

  route("PUT", "/api/models/:id", "model:write", async (request) => {
    const id = paramOf(request, "id");
    const body = bodyOf(request);
    const changed = await records.change("models", (models) => {
      const at = models.findIndex((one) => one.id === id);
      const former = models[at];
      if (former === undefined) throw notFound();
      const newId = body.id || id;
      if (newId !== id && models.some((one) => one.id === newId)) throw failure(409, "Model already exists");
      const model = withoutUndefined({
        ...written(body),
        id: newId,
        name: body.name ?? former.name,
        apiKey: body.apiKey || former.apiKey,
        cfClearance: body.cfClearance || former.cfClearance,
        upstreamModelId: body.upstreamModelId === undefined ? former.upstreamModelId : body.upstreamModelId || undefined,
        contextWindow: body.contextWindow === undefined ? former.contextWindow : body.contextWindow,
        capabilities: (body.capabilities ?? former.capabilities) as ModelRecord["capabilities"],
      });
      models[at] = model;
      return model;
    });
    if (changed.id !== id) await records.change("projects", (projects) => renameIn(projects, id, changed.id));
    return shown(changed);
  });

  route("DELETE", "/api/models/:id", "model:write", async (request, reply) => {
    await records.change("models", (models) => {
      const at = models.findIndex(({ id }) => id === paramOf(request, "id"));
      if (at < 0) throw notFound();
      models.splice(at, 1);
    });
    return reply.code(204).send();
  });

  route("GET", "/api/models/:id/apikey", "model:write", async (request) => {
    const model = (await records.read("models")).find(({ id }) => id === paramOf(request, "id"));
    if (model === undefined) throw notFound();
    return { apiKey: model.apiKey ?? null };
  });
}

/** What every write says anew: absent is removed. */
function written(body: Body): ModelRecord {
  const tiers = Array.isArray(body.pricingTiers) && body.pricingTiers.length > 0 ? body.pricingTiers : undefined;
  return {
    provider: body.provider,
    endpoint: body.endpoint,
    cost: withoutUndefined({
      inputPerMillion: body.inputPerMillion,
      outputPerMillion: body.outputPerMillion,
      cachePerMillion: body.cachePerMillion,
      pricingTiers: tiers,
    }),
    ...limitsOf(body),
  };
}

const LEGACY: Readonly<Record<string, string>> = { dailyBudget: "daily", weeklyBudget: "weekly", monthlyBudget: "monthly" };

function limitsOf(body: Body): { limits?: readonly Limit[] } {
  if (Array.isArray(body.limits) && body.limits.length > 0) return { limits: body.limits as Limit[] };
  const legacy = Object.entries(LEGACY).flatMap(([name, period]) =>
    typeof body[name] === "number" ? [{ metric: "cost", windowType: "period", period, value: body[name] }] : [],
  );
  return legacy.length === 0 ? {} : { limits: legacy };
}

function shown({ apiKey: _apiKey, cfClearance: _cfClearance, ...model }: ModelRecord): ModelRecord {
  return model;
}

/** References in projects and tokens follow a new id; those in the settings of policies do not. */
function renameIn(projects: ProjectRecord[], from: string, to: unknown): void {
  const renamed = <T extends { readonly modelId?: unknown }>(one: T): T => (one.modelId === from ? { ...one, modelId: to } : one);
  for (const project of projects) {
    project.models = project.models.map(renamed);
    for (const token of project.tokens) if (token.models !== undefined) token.models = token.models.map(renamed);
  }
}

function withoutUndefined<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}
