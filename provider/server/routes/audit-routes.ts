import type { FastifyInstance } from "fastify";
import { readsAudit } from "../objects/authorize.js";
import { forbidden } from "../refusal.js";
import { authenticate } from "./authenticate.js";
import { answerPage, pageOf } from "./paging.js";
import type { Service } from "./service.js";

/** The record of all writes, newest first. */
export function auditRoutes(app: FastifyInstance, service: Service): void {
  app.get("/v1/audit", (request) => {
    const context = authenticate(service, request);
    const { store, actor } = context;
    if (!readsAudit(context)) throw forbidden(`the role "${actor.role}" may not read the audit record`);
    const { limit, after = Number.MAX_SAFE_INTEGER } = pageOf(request.query);
    return answerPage(store.audit.page(after, limit + 1), limit, ({ entry }) => entry);
  });
}
