import { randomUUID } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { refuseOverBudget, settleBudgets } from "../gateway/budgets.js";
import type { Call, Gateway } from "../gateway/call.js";
import { refuseOverCap } from "../gateway/caps.js";
import { findKey } from "../gateway/find-key.js";
import { priceUsd } from "../gateway/price.js";
import { raiseAlert } from "../gateway/raise-alert.js";
import { invalid, notFound, Refusal } from "../refusal.js";
import { bearerToken } from "../routes/authenticate.js";
import { bodyOf } from "../routes/body-of.js";
import type { Service } from "../routes/service.js";
import { keyStatus } from "../rules/api-key.js";
import type { StoredObject, Values } from "../store/objects.js";
import { refuseArchivedProject } from "./olyx-rules.js";

/** Traces are no declared kind: they are kept beside the objects, in the project that they belong to. */
const TRACE = "Trace";

/** The part of Olyx that services talk to, as far as it enforces what the control plane holds. */
export function olyxTraces(app: FastifyInstance, service: Service): void {
  const { store } = service;

  app.post("/api/v1/traces", (request, reply) => {
    const { gateway, call, credential } = callOf(service, request);
    const { project_id: named, metadata = {}, revenue } = bodyOf(request);
    // O-06, O-19: the key says the project; another one does not exist for it.
    if (named !== undefined && String(named) !== call.project.id) throw notFound("Project", String(named));
    refuseArchivedProject(call.project);
    refuseOverCap(gateway, call);
    refuseOverBudget(gateway, call);
    const at = gateway.now.toISOString();
    const id = `trace_${randomUUID().replaceAll("-", "").toUpperCase()}`;
    const body = { status: "pending", metadata, ...(revenue !== undefined && { revenue }), steps: [] };
    store.transaction(() => {
      store.objects.insert({ kind: TRACE, owner: call.project.id, id, body, hidden: {}, builtIn: false, createdAt: at, updatedAt: at });
      store.credentials.markUsed(credential, gateway.now);
    });
    return reply.code(201).send({ id, status: "pending", project_id: Number(call.project.id), metadata });
  });

  // O-25: also of an archived project.
  app.get("/api/v1/traces/:id", (request) => {
    const { call } = callOf(service, request);
    return shownTrace(traceOf(service, call, (request.params as { id: string }).id));
  });

  app.patch("/api/v1/traces/:id/complete", (request) => {
    const { gateway, call } = callOf(service, request);
    const trace = traceOf(service, call, (request.params as { id: string }).id);
    refuseArchivedProject(call.project);
    const sealed = { ...trace, body: { ...trace.body, status: "completed" }, updatedAt: gateway.now.toISOString() };
    store.transaction(() => store.objects.update(sealed));
    return shownTrace(sealed);
  });

  app.post("/api/v1/executions", (request) => {
    const { gateway, call, credential } = callOf(service, request);
    const body = bodyOf(request);
    if (typeof body.trace_id !== "string") throw new Refusal({ status: 400, code: "bad_request", detail: "trace_id is missing" });
    const trace = traceOf(service, call, body.trace_id);
    refuseArchivedProject(call.project);
    refuseOverCap(gateway, call);
    refuseOverBudget(gateway, call);
    const model = modelOf(service, call, body);
    const tokens = { inputTokens: countOf(body.input_tokens), outputTokens: countOf(body.output_tokens) };
    const costUsd = priceUsd(model, tokens);
    const identifier = String(model.body.identifier);
    store.transaction(() => {
      const use = { at: gateway.now, key: call.key.id, project: call.project.id, environment: undefined, model: identifier };
      store.usage.book({ ...use, ...tokens, costUsd });
      store.credentials.markUsed(credential, gateway.now);
      const steps = [...(trace.body.steps as unknown[]), { type: "run", model: identifier, cost: costUsd }];
      store.objects.update({ ...trace, body: { ...trace.body, steps }, updatedAt: gateway.now.toISOString() });
      settleBudgets(gateway, call);
      tellPause(gateway, call);
    });
    return { id: randomUUID(), trace_id: trace.id, model: identifier, status: "completed", cost: costUsd };
  });

  // O-77: what a key may know of its project's policy; it is read, never written.
  app.get("/api/v1/config", (request) => {
    const { call } = callOf(service, request);
    const { maxInputLength, piiThreshold, blockInjection, secretAction } = (store.objects.ofKind("SecurityPolicy")[0]?.body.promptGuards ??
      {}) as Values;
    const tiers = store.objects.page("RoutingTier", call.project.id, 0, 10).map(({ object }) => [object.id, object.body.model]);
    return {
      project_id: Number(call.project.id),
      max_input_length: maxInputLength,
      pii_threshold: piiThreshold,
      injection_block: blockInjection,
      secret_action: secretAction,
      routing_tiers: Object.fromEntries(tiers),
    };
  });
}

/** The key of a request and its project. A key has no role: it is no person's (O-41). */
function callOf(service: Service, request: FastifyRequest): { gateway: Gateway; call: Call; credential: string } {
  const { store, profile } = service;
  const gateway = { store, profile, now: service.now() };
  const { key, credential } = findKey(gateway, bearerToken(request), request.ip);
  const project = store.objects.get("Project", String(key.body.project));
  if (project === undefined) throw notFound("Project", String(key.body.project));
  return { gateway, call: { key, project, environment: undefined }, credential };
}

function traceOf({ store }: Service, { project }: Call, id: string): StoredObject {
  const trace = store.objects.get(TRACE, id, project.id);
  if (trace === undefined) throw notFound(TRACE, id);
  return trace;
}

function shownTrace({ id, owner, body }: StoredObject): Values {
  const steps = body.steps as readonly { cost: number }[];
  return { id, project_id: Number(owner), ...body, summary: { total_cost: steps.reduce((sum, { cost }) => sum + cost, 0) } };
}

/** The registered model of an identifier, or of the tier of a request class (O-08, O-10). */
function modelOf({ store }: Service, { project }: Call, { model, tier }: Values): StoredObject {
  const identifier = tier === undefined ? model : store.objects.get("RoutingTier", String(tier), project.id)?.body.model;
  if (identifier === undefined) {
    throw invalid([{ property: tier === undefined ? "model" : "tier", reason: "names nothing that the project routes" }]);
  }
  const entry = store.objects.find("Model", "identifier", String(identifier)).find(({ body }) => body.project === project.id);
  if (entry === undefined) throw invalid([{ property: "model", reason: `"${String(identifier)}" is not registered in this project` }]);
  return entry;
}

function countOf(tokens: unknown): number {
  return typeof tokens === "number" && tokens > 0 ? Math.trunc(tokens) : 0;
}

/** O-61: a key that reached its hourly cap pauses, and the project's webhooks hear of it once an hour. */
function tellPause(gateway: Gateway, { key, project }: Call): void {
  if (keyStatus(gateway, key) !== "paused") return;
  raiseAlert(gateway, { event: "circuit_breaker", project: project.id, occasion: `${key.id} ${gateway.now.toISOString().slice(0, 13)}` });
}
