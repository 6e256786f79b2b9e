import type { FastifyInstance } from "fastify";
import type { Context } from "../context.js";
import { randomToken } from "../hashes.js";
import { notFound } from "../refusal.js";
import type { Credential } from "../store/credentials.js";
import type { Values } from "../store/objects.js";
import { authenticate } from "./authenticate.js";
import { bodyOf } from "./body-of.js";
import type { Service } from "./service.js";
import { refuse, textProblems } from "./session-routes.js";

/** A member's own management tokens. */
export function tokenRoutes(app: FastifyInstance, service: Service): void {
  const { store } = service;
  const own = ({ actor }: Context): Credential[] => store.credentials.list(actor.memberId, "management");

  app.get("/v1/me/tokens", (request) => ({ items: own(authenticate(service, request)).map(presentToken), nextCursor: null }));

  app.post("/v1/me/tokens", (request, reply) => {
    const context = authenticate(service, request);
    const { name, expiresAt, ...rest } = bodyOf(request);
    refuse([
      ...textProblems(
        { ...rest, ...(name !== undefined && { name }), ...(expiresAt !== undefined && { expiresAt }) },
        ["name"],
        ["expiresAt"],
      ),
    ]);
    if (expiresAt !== undefined && Number.isNaN(Date.parse(String(expiresAt))))
      refuse([{ property: "expiresAt", reason: "must be a date or a time" }]);
    const token = randomToken(service.profile.tokenPrefixes.management);
    const until = expiresAt === undefined ? {} : { expiresAt: new Date(String(expiresAt)).toISOString() };
    const id = store.transaction(() => {
      const made = store.credentials.add({
        purpose: "management",
        secret: token,
        subject: context.actor.memberId,
        name: String(name),
        now: context.now,
        ...until,
      });
      record(context, "create", made, { after: { name, ...until } });
      return made;
    });
    return reply
      .code(201)
      .header("location", `/v1/me/tokens/${id}`)
      .send({ id, name, ...until, token });
  });

  app.delete("/v1/me/tokens/:id", (request, reply) => {
    const context = authenticate(service, request);
    const { id } = request.params as { id: string };
    const credential = own(context).find((c) => c.id === id);
    if (credential === undefined) throw notFound("Token", id);
    store.transaction(() => {
      store.credentials.remove(id);
      record(context, "delete", id, { before: { name: credential.name } });
    });
    return reply.code(204).send();
  });
}

function presentToken({ id, name, createdAt, expiresAt }: Credential): Values {
  return { id, name, createdAt, ...(expiresAt !== undefined && { expiresAt }) };
}

function record({ store, actor, now }: Context, action: string, object: string, change: { before?: Values; after?: Values }): void {
  store.audit.append({ at: now.toISOString(), actor: actor.user, action, kind: "Token", object, ...change });
}
