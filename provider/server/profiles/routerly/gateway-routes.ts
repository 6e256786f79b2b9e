import { randomUUID } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { tokensOf } from "../../gateway/price.js";
import { type Body, bodyOf, type Routerly } from "./context.js";
import { Failure } from "./failures.js";
import { isBlocked, limitsFor } from "./limits.js";
import { choose } from "./policies.js";
import type { ModelRecord, ProjectRecord, TokenRecord } from "./records.js";

/** Providers that the system can call. Models of others are accepted and fail. */
const CALLABLE = ["openai", "anthropic", "gemini", "ollama", "custom"];

/** The data plane: routes a request as the project's models, policies and limits say, and makes the answer up. */
export function gatewayRoutes(app: FastifyInstance, { records, now }: Routerly): void {
  const callerOf = async (request: FastifyRequest): Promise<{ project: ProjectRecord; token: TokenRecord }> => {
    const [, given] = /^Bearer (\S+)$/.exec(request.headers.authorization ?? "") ?? [];
    for (const project of await records.read("projects")) {
      const token = project.tokens.find((one) => one.token === given);
      if (token !== undefined) return { project, token };
    }
    throw new Failure(401, { error: "unauthorized", message: "Invalid project token." });
  };

  /** The models of the project that are registered, in its order. */
  const candidatesOf = async ({ models }: ProjectRecord): Promise<ModelRecord[]> => {
    const registered = await records.read("models");
    return models.flatMap(({ modelId }) => registered.find(({ id }) => id === modelId) ?? []);
  };

  app.get("/v1/models", async (request) => {
    const { project } = await callerOf(request);
    const ids = ["routerly/ada", ...(await candidatesOf(project)).map(({ id }) => String(id))];
    return { object: "list", data: ids.map((id) => ({ id, object: "model", owned_by: "routerly" })) };
  });

  app.post("/v1/chat/completions", async (request) => {
    const { project, token } = await callerOf(request);
    const body = bodyOf(request);
    const candidates = await candidatesOf(project);
    if (candidates.length === 0) throw routingFailed("no_models_available");
    const usage = await records.read("usage");
    const free = candidates.filter((model) => !isBlocked(limitsFor(model, token), usage, project, model, now()));
    if (free.length === 0) throw routingFailed("all_models_limits_exceeded");
    const own = usage.filter(({ projectId }) => projectId === project.id);
    const model = choose(project.policies ?? [], { candidates: free, body, usage: own });
    if (model === undefined) throw routingFailed("all_models_excluded_by_policies");
    if (!CALLABLE.includes(String(model.provider))) throw providerFailed(String(model.provider));
    return answer(body, project, model);
  });

  async function answer(body: Body, project: ProjectRecord, model: ModelRecord) {
    const content = `This is the embedded control plane answering for ${String(model.id)}.`;
    const given = body.usage as { inputTokens: number; outputTokens: number } | undefined;
    const tokens = given ?? { inputTokens: tokensOf(JSON.stringify(body.messages ?? "")), outputTokens: tokensOf(content) };
    const cost = typeof body.costUsd === "number" ? body.costUsd : costOf(model, tokens);
    await records.change("usage", (all) => {
      all.push({ at: now().getTime(), projectId: project.id, modelId: String(model.id), ...tokens, cost });
    });
    return {
      id: `chatcmpl-${randomUUID()}`,
      object: "chat.completion",
      created: Math.floor(now().getTime() / 1000),
      model: model.id,
      choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }],
      usage: {
        prompt_tokens: tokens.inputTokens,
        completion_tokens: tokens.outputTokens,
        total_tokens: tokens.inputTokens + tokens.outputTokens,
      },
    };
  }
}

function costOf({ cost = {} }: ModelRecord, tokens: { inputTokens: number; outputTokens: number }): number {
  const million = 1_000_000;
  return ((Number(cost.inputPerMillion) || 0) * tokens.inputTokens + (Number(cost.outputPerMillion) || 0) * tokens.outputTokens) / million;
}

function routingFailed(why: string): Failure {
  return new Failure(500, { error: { message: `Routing model failed: ${why}`, type: "server_error" } });
}

function providerFailed(provider: string): Failure {
  return new Failure(503, { error: { message: `Provider ${provider} is not available`, type: "server_error" } });
}
