import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { type Body, bodyOf, guarded, paramOf, type Routerly } from "./context.js";
import { failure, notFound, Thrown } from "./failures.js";
import type { AssignedModel, ProjectRecord } from "./records.js";
import { newToken, shownToken } from "./tokens.js";

const DEFAULT_TIMEOUT_MS = 30_000;

/** Projects. A write needs name and models; what else it leaves out stays. */
export function projectRoutes(app: FastifyInstance, routerly: Routerly): void {
  const { records, now } = routerly;
  const route = guarded(routerly, app);

  route("GET", "/api/projects", undefined, async () => (await records.read("projects")).map(shown));

  route("POST", "/api/projects", "project:write", async (request, reply, { user }) => {
    const body = bodyOf(request);
    const name = nameOf(body);
    if (body.policies === null) throw new Thrown("Cannot read properties of null (reading 'length')");
    const policies = body.policies as ProjectRecord["policies"];
    const token = newToken(now(), undefined);
    const project: ProjectRecord = {
      id: randomUUID(),
      name,
      models: body.models === undefined ? [] : modelsOf(body.models),
      ...(Array.isArray(policies) && policies.length > 0 ? { policies } : {}),
      timeoutMs: body.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      autoRouting: body.autoRouting ?? true,
      ...(body.routingModelId ? { routingModelId: body.routingModelId } : {}),
      ...(body.fallbackRoutingModelIds === undefined ? {} : { fallbackRoutingModelIds: body.fallbackRoutingModelIds }),
      tokens: [token],
      members: [{ userId: user.id, role: "admin" }],
    };
    await records.change("projects", (projects) => {
      refuseTwin(projects, name, undefined);
      projects.push(project);
    });
    return reply.code(201).send({ ...project, token: token.token });
  });

  route("PUT", "/api/projects/:id", "project:write", (request) => {
    const body = bodyOf(request);
    return records.change("projects", (projects) => {
      const project = projects.find(({ id }) => id === paramOf(request, "id"));
      if (project === undefined) throw notFound();
      const name = nameOf(body);
      const models = modelsOf(body.models);
      refuseTwin(projects, name, project.id);
      Object.assign(project, { name, models });
      if (body.policies !== undefined) project.policies = body.policies as ProjectRecord["policies"] & {};
      if (body.fallbackRoutingModelIds !== undefined) project.fallbackRoutingModelIds = body.fallbackRoutingModelIds;
      if (body.routingModelId !== undefined) project.routingModelId = body.routingModelId || undefined;
      project.autoRouting = body.autoRouting ?? project.autoRouting;
      project.timeoutMs = body.timeoutMs ?? project.timeoutMs;
      return shown(project);
    });
  });

  route("DELETE", "/api/projects/:id", "project:write", async (request, reply) => {
    await records.change("projects", (projects) => {
      const at = projects.findIndex(({ id }) => id === paramOf(request, "id"));
      if (at < 0) throw notFound();
      projects.splice(at, 1);
    });
    return reply.code(204).send();
  });
}

function nameOf({ name }: Body): string {
  if (typeof name !== "string") throw new Thrown("name.trim is not a function");
  if (name.trim() === "") throw failure(400, "Project name is required");
  return name.trim();
}

/** Only the id and the prompt of an entry are kept; what is no object is kept as an empty one. */
function modelsOf(models: unknown): AssignedModel[] {
  if (!Array.isArray(models)) throw new Thrown("models.map is not a function");
  return models.map(({ modelId, prompt }: AssignedModel) => ({
    ...(modelId === undefined ? {} : { modelId }),
    ...(prompt ? { prompt } : {}),
  }));
}

function refuseTwin(projects: readonly ProjectRecord[], name: string, own: string | undefined): void {
  const folded = name.toLowerCase();
  if (projects.some((one) => one.id !== own && one.name.trim().toLowerCase() === folded)) {
    throw failure(409, "A project with this name already exists");
  }
}

function shown({ tokens, ...project }: ProjectRecord): Body {
  return { ...project, tokens: tokens.map(shownToken) };
}
