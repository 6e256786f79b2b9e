import { randomUUID } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Problem } from "../../../schema/kind.js";
import { kindNamed } from "../../../schema/kinds/index.js";
import { mayRead } from "../objects/authorize.js";
import { isValues } from "../objects/changed-properties.js";
import { dependants } from "../objects/references.js";
import { conflict, forbidden, invalid, notFound, Refusal, unauthorized } from "../refusal.js";
import { authenticate, bearerToken } from "../routes/authenticate.js";
import { bodyOf } from "../routes/body-of.js";
import type { Service } from "../routes/service.js";
import { refuseArchived } from "../rules/project.js";
import type { StoredObject, Values } from "../store/objects.js";
import { type Probe, runProbes } from "./qodex-probes.js";
import { bookCall, capsOf, refuseOverPlatformCap, sourceOf } from "./qodex-usage.js";

/**
 * Runs, calls to models and the end of a project. A run is a simulation: the probes that it would make stand in the request, and
 * their results say what the environment's constraints leave of them.
 */
export function qodexRuns(app: FastifyInstance, service: Service): void {
  const { store } = service;

  app.post("/api/projects/:slug/webhooks/trigger", (request, reply) => {
    const project = projectOf(service, request);
    useKey(service, request, project);
    refuseArchived(project);
    const body = bodyOf(request);
    const name = String(body.environment ?? "staging");
    const environment = store.objects.find("Environment", "name", name, { owner: project.id })[0];
    if (environment === undefined) throw invalid([{ property: "environment", reason: `names "${name}", which the project has not` }]);
    const probes = probesOf(body.probes ?? [{ method: "GET", path: "/" }]);
    if (probes.length === 0) {
      throw new Refusal({ status: 422, code: "no_scenarios", detail: "nothing can be run: write or promote a scenario first" });
    }
    const testRunId = `run_${randomUUID()}`;
    const results = runProbes(probes, (environment.body.constraints ?? {}) as Values);
    store.setSetting(runName(project, testRunId), JSON.stringify({ testRunId, status: "completed", environment: name, results }));
    return reply.code(202).send({ testRunId, status: "running", scenariosTotal: probes.length, mode: body.mode ?? "full" });
  });

  app.get("/api/projects/:slug/test-runs/:id", (request) => {
    const project = projectOf(service, request);
    useKey(service, request, project);
    const { id } = request.params as { id: string };
    const run = store.setting(runName(project, id));
    if (run === undefined) throw notFound("test run", id);
    return JSON.parse(run) as Values;
  });

  app.post("/api/projects/:slug/llm-calls", (request) => {
    const project = projectOf(service, request);
    asMember(service, request, project);
    refuseArchived(project);
    const { costUsd = 0, source: asked } = bodyOf(request);
    const source = sourceOf(service, project, asked);
    refuseOverPlatformCap(service, project, source);
    bookCall(service, project, source, Number(costUsd));
    return { source, costUsd };
  });

  app.get("/api/projects/:slug/usage", (request) => {
    const project = projectOf(service, request);
    asMember(service, request, project);
    return { caps: capsOf(service, project), calls: store.usage.steps({ project: project.id }, 0).length };
  });

  app.post("/api/projects/:slug/permanent-delete", (request, reply) => {
    const project = projectOf(service, request);
    const role = asMember(service, request, project);
    if (role !== "admin") throw forbidden("only an Admin deletes a project");
    if (project.body.status !== "archived") throw conflict("archive the project first: its data would be gone for good", "not_archived");
    if (bodyOf(request).confirm !== project.body.slug)
      throw invalid([{ property: "confirm", reason: "must repeat the slug of the project" }]);
    store.transaction(() => removeAll(service, project));
    return reply.code(204).send();
  });
}

/** The active project of a slug, else the archived one. */
function projectOf({ store }: Service, request: FastifyRequest): StoredObject {
  const { slug } = request.params as { slug: string };
  const found = store.objects.find("Project", "slug", slug);
  const project = found.find(({ body }) => body.status !== "archived") ?? found[0];
  if (project === undefined) throw notFound("Project", slug);
  return project;
}

/** Throws unless the request carries a key in use of this very project. */
function useKey({ store, now }: Service, request: FastifyRequest, project: StoredObject): void {
  const credential = store.credentials.of(bearerToken(request));
  const key = credential?.purpose === "key" ? store.objects.get("ApiKey", credential.subject) : undefined;
  if (credential === undefined || key?.body.status !== "active") throw unauthorized("the token is not that of a key in use");
  if (key.body.project !== project.id) throw forbidden(`key "${key.body.name}" belongs to another project`, "project_mismatch");
  store.credentials.markUsed(credential.id, now());
}

/** The caller's role in the project. Throws when there is none. */
function asMember(service: Service, request: FastifyRequest, project: StoredObject): string {
  const context = authenticate(service, request);
  const kind = kindNamed("Project");
  if (kind === undefined || !mayRead(context, kind, project.id)) throw forbidden("you are no member of this project");
  const [membership] = service.store.objects.find("ProjectMember", "user", context.actor.user, { owner: project.id, ignoreCase: true });
  return String(membership?.body.role);
}

function probesOf(given: unknown): Probe[] {
  if (!Array.isArray(given) || !given.every((probe) => isValues(probe)))
    throw invalid([{ property: "probes", reason: "must be a list of objects" }]);
  const problems: Problem[] = given.flatMap((probe: Values, index) =>
    typeof probe.method === "string" && typeof probe.path === "string"
      ? []
      : [{ property: `probes.${index}`, reason: "needs method and path" }],
  );
  if (problems.length > 0) throw invalid(problems);
  return given.map((probe: Values) => ({
    method: String(probe.method).toUpperCase(),
    path: String(probe.path),
    destructive: probe.destructive === true,
    security: probe.security === true,
  }));
}

function runName(project: StoredObject, id: string): string {
  return `run:${project.id}:${id}`;
}

/** A project goes with everything that names it. */
function removeAll({ store }: Service, project: StoredObject): void {
  for (const kind of ["ApiKey", "ProviderCredential"]) {
    for (const object of store.objects.find(kind, "project", project.id)) {
      store.credentials.removeAllOf(object.id);
      store.objects.remove(object);
    }
  }
  for (const { object } of dependants(store.objects, project)) store.objects.remove(object);
  store.objects.remove(project);
}
