import type { FastifyInstance } from "fastify";
import { chat } from "../gateway/chat.js";
import { chatRequest } from "../gateway/chat-request.js";
import { findKey } from "../gateway/find-key.js";
import { bearerToken } from "../routes/authenticate.js";
import { bodyOf } from "../routes/body-of.js";
import type { Service } from "../routes/service.js";

/** A few models of the catalogue, which is the vendor's and not a customer's. */
const CATALOGUE = ["claude-sonnet-5", "gemini-3-flash", "gpt-5-mini"];
const CREATED = "2026-01-01T00:00:00Z";

/** The customer gateway, below the prefix of its family, as far as it enforces what the organization holds. */
export function anyintGateway(app: FastifyInstance, service: Service): void {
  const { store, profile } = service;

  app.get("/openai/v1/models", (request) => {
    findKey({ store, profile, now: service.now() }, bearerToken(request), request.ip);
    const data = CATALOGUE.map((id) => ({ id, display_name: id, type: "model", created_at: CREATED }));
    return { data, has_more: false, first_id: data.at(0)?.id, last_id: data.at(-1)?.id };
  });

  app.post("/openai/v1/chat/completions", (request) => {
    const header = request.headers[profile.projectHeader];
    return chat(
      { store, profile, now: service.now() },
      {
        token: bearerToken(request),
        address: request.ip,
        projectHeader: typeof header === "string" ? header : undefined,
        request: chatRequest(bodyOf(request)),
      },
    );
  });
}
