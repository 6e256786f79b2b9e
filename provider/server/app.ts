import { randomUUID } from "node:crypto";
import swagger from "@fastify/swagger";
import Fastify, { type FastifyInstance } from "fastify";
import { alertEventRoutes } from "./routes/alert-event-routes.js";
import { answerProblem, noSuchRoute } from "./routes/answer-problem.js";
import { auditRoutes } from "./routes/audit-routes.js";
import { chatRoutes } from "./routes/chat-routes.js";
import { collectionRoutes } from "./routes/collection-routes.js";
import type { Service } from "./routes/service.js";
import { sessionRoutes } from "./routes/session-routes.js";
import { tokenRoutes } from "./routes/token-routes.js";
import { VERSION } from "./version.js";

const BODY_LIMIT = 1024 * 1024;

/** The HTTP side of the control plane. `log` gets a line for each answer and each defect; never a body, a header or a query. */
export async function buildApp(service: Service, log: (line: string) => void): Promise<FastifyInstance> {
  const app = Fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    genReqId: () => randomUUID(),
    exposeHeadRoutes: false,
    forceCloseConnections: "idle",
  });

  // Bodies are checked by the kinds' own rules, which see the merged object; the route schemas are documentation.
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => JSON.stringify);

  const parseJson = app.getDefaultJsonParser("error", "error");
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(["application/json", "application/merge-patch+json"], { parseAs: "string" }, (request, text, done) => {
    // Clients that always name a content type send no body with some calls.
    if (text === "") done(null, undefined);
    else parseJson(request, text as string, done);
  });

  app.addHook("onRequest", async (request, reply) => void reply.header("x-request-id", request.id));
  // A connection that a request in flight would keep alive must not hold up the end of the server.
  let isClosing = false;
  app.addHook("preClose", async () => {
    isClosing = true;
  });
  app.addHook("onSend", async (_request, reply) => {
    if (isClosing) reply.header("connection", "close");
  });
  app.addHook("onResponse", async (request, reply) => {
    log(`${request.method} ${request.url.split("?")[0]} ${reply.statusCode} ${Math.round(reply.elapsedTime)} ms ${request.id}`);
  });
  const { writeRefusal } = service.profile;
  const refusals = { log, ...(writeRefusal === undefined ? {} : { writeRefusal }) };
  app.setErrorHandler((error, request, reply) => answerProblem(error, request, reply, refusals));
  app.setNotFoundHandler((request, reply) => answerProblem(noSuchRoute(request), request, reply, refusals));

  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Gatehouse embedded control plane", version: VERSION },
      components: { securitySchemes: { bearer: { type: "http", scheme: "bearer" } } },
    },
  });
  await app.register(async (inner) => {
    inner.get("/healthz", () => ({ status: "ok", version: VERSION }));
    inner.get("/openapi.json", { schema: { hide: true } }, () => app.swagger());
    const general = [collectionRoutes, sessionRoutes, tokenRoutes, auditRoutes, alertEventRoutes, chatRoutes];
    for (const routes of [...general, ...(service.profile.routes ?? [])]) routes(inner, service);
  });
  return app;
}
