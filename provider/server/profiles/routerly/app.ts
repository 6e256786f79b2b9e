import Fastify, { type FastifyInstance } from "fastify";
import type { Service } from "../../routes/service.js";
import { recordsIn } from "./collections.js";
import type { Routerly } from "./context.js";
import { Failure } from "./failures.js";
import { gatewayRoutes } from "./gateway-routes.js";
import { memberRoutes } from "./member-routes.js";
import { modelRoutes } from "./model-routes.js";
import { projectRoutes } from "./project-routes.js";
import { roleRoutes } from "./role-routes.js";
import { sessionRoutes } from "./session-routes.js";
import { sessionsOf } from "./sessions.js";
import { systemRoutes } from "./system-routes.js";
import { tokenRoutes } from "./tokens.js";
import { userRoutes } from "./user-routes.js";

const BODY_LIMIT = 256 * 1024 * 1024;

/**
 * Routerly 0.2 over HTTP, made from the facts in its description. The framework's own errors and its limit of 100 characters for a
 * part of a path are the system's too, which runs on the same one.
 */
export async function buildRouterlyApp({ store, now, lostWrites = false }: Service, log: (line: string) => void): Promise<FastifyInstance> {
  const app = Fastify({ logger: false, bodyLimit: BODY_LIMIT, exposeHeadRoutes: false, forceCloseConnections: "idle" });
  app.setErrorHandler((error, _request, reply) =>
    error instanceof Failure ? reply.code(error.status).send(error.body) : reply.send(error),
  );
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send({ error: "not_found", message: `Route ${request.method}:${request.url} not found` }),
  );
  let isClosing = false;
  app.addHook("preClose", async () => {
    isClosing = true;
  });
  // A connection that a request in flight would keep alive must not hold up the end of the server.
  app.addHook("onSend", async (_request, reply) => {
    if (isClosing) reply.header("connection", "close");
  });
  app.addHook("onResponse", async (request, reply) => {
    log(`${request.method} ${request.url.split("?")[0]} ${reply.statusCode} ${Math.round(reply.elapsedTime)} ms`);
  });

  const records = recordsIn(store, lostWrites);
  const routerly: Routerly = { records, sessions: sessionsOf(store, records, now), now };
  sessionRoutes(app, routerly, store);
  for (const routes of [modelRoutes, projectRoutes, tokenRoutes, memberRoutes, userRoutes, roleRoutes, systemRoutes, gatewayRoutes]) {
    routes(app, routerly);
  }
  return app;
}
