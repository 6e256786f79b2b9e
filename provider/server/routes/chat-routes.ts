import type { FastifyInstance } from "fastify";
import { chat } from "../gateway/chat.js";
import { chatRequest } from "../gateway/chat-request.js";
import { bearerToken } from "./authenticate.js";
import { bodyOf } from "./body-of.js";
import type { Service } from "./service.js";

/** The data plane, as far as it enforces what the control plane holds. */
export function chatRoutes(app: FastifyInstance, service: Service): void {
  app.post("/v1/chat/completions", (request) => {
    const header = request.headers[service.profile.projectHeader];
    return chat(
      { store: service.store, profile: service.profile, now: service.now() },
      {
        token: bearerToken(request),
        address: request.ip,
        projectHeader: typeof header === "string" ? header : undefined,
        request: chatRequest(bodyOf(request)),
      },
    );
  });
}
