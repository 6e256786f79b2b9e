import { randomBytes, randomUUID } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { bodyOf, guarded, paramOf, type Routerly } from "./context.js";
import { notFound } from "./failures.js";
import type { Override, ProjectRecord, TokenRecord } from "./records.js";

const SNIPPET_LENGTH = 10;

/** A new token, kept in clear as the system does: every change of it shows it again. */
export function newToken(now: Date, labels: unknown): TokenRecord {
  const token = `sk-rt-${randomBytes(32).toString("hex")}`;
  return {
    id: randomUUID(),
    token,
    tokenSnippet: token.slice(0, SNIPPET_LENGTH),
    createdAt: now.toISOString(),
    ...(labels === undefined ? {} : { labels }),
  };
}

export function shownToken({ token: _token, ...rest }: TokenRecord): Omit<TokenRecord, "token"> {
  return rest;
}

/** Tokens of a project. There is no list of them but the project's. */
export function tokenRoutes(app: FastifyInstance, routerly: Routerly): void {
  const { records, now } = routerly;
  const route = guarded(routerly, app);

  route("POST", "/api/projects/:id/tokens", "project:write", (request) => {
    const token = newToken(now(), bodyOf(request).labels);
    return records.change("projects", (projects) => {
      projectOf(projects, request).tokens.push(token);
      return { token: token.token, tokenInfo: shownToken(token) };
    });
  });

  route("PUT", "/api/projects/:id/tokens/:tokenId", "project:write", (request) => {
    const { labels, models } = bodyOf(request);
    return records.change("projects", (projects) => {
      const token = projectOf(projects, request).tokens.find(({ id }) => id === paramOf(request, "tokenId"));
      if (token === undefined) throw notFound("Token not found");
      if (labels !== undefined) token.labels = labels;
      if (models !== undefined) token.models = models as Override[];
      return token;
    });
  });

  route("DELETE", "/api/projects/:id/tokens/:tokenId", "project:write", async (request, reply) => {
    await records.change("projects", (projects) => {
      const { tokens } = projectOf(projects, request);
      const at = tokens.findIndex(({ id }) => id === paramOf(request, "tokenId"));
      if (at < 0) throw notFound("Token not found");
      tokens.splice(at, 1);
    });
    return reply.code(204).send();
  });
}

export function projectOf(projects: readonly ProjectRecord[], request: FastifyRequest): ProjectRecord {
  const project = projects.find(({ id }) => id === paramOf(request, "id"));
  if (project === undefined) throw notFound("Project not found");
  return project;
}
