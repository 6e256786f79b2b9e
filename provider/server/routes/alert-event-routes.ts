import type { FastifyInstance } from "fastify";
import { readsAudit } from "../objects/authorize.js";
import { forbidden } from "../refusal.js";
import { authenticate } from "./authenticate.js";
import { answerPage, pageOf } from "./paging.js";
import type { Service } from "./service.js";

/** What budgets and alerts had to tell, newest first. It is recorded here and sent to nobody. */
export function alertEventRoutes(app: FastifyInstance, service: Service): void {
  app.get("/v1/alert-events", (request) => {
    const context = authenticate(service, request);
    const { store, actor } = context;
    if (!readsAudit(context)) throw forbidden(`the role "${actor.role}" may not read the alert events`);
    const { limit, after = Number.MAX_SAFE_INTEGER } = pageOf(request.query);
    return answerPage(store.alertEvents.page(after, limit + 1), limit, ({ entry }) => entry);
  });
}
