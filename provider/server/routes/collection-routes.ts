import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { type Kind, ownerField, withFields } from "../../../schema/kind.js";
import { REMOTE_KINDS } from "../../../schema/kinds/index.js";
import { collectionPath, fromWire, toWire } from "../../../schema/systems/dialect.js";
import type { Context } from "../context.js";
import { authorize, listsOwn, mayRead, readsInSomeProject } from "../objects/authorize.js";
import { createObject, refuseMissingOwner } from "../objects/create-object.js";
import { deleteObject } from "../objects/delete-object.js";
import { homeProject, refuseArchivedHome } from "../objects/home-project.js";
import { presentObject } from "../objects/present-object.js";
import { updateObject } from "../objects/update-object.js";
import type { Verb } from "../profiles/grant.js";
import { conflict, notFound } from "../refusal.js";
import { rulesOf } from "../rules/index.js";
import type { StoredObject, Values } from "../store/objects.js";
import { authenticate } from "./authenticate.js";
import { bodyOf } from "./body-of.js";
import { kindSchemas } from "./openapi.js";
import { answerPage, pageOf } from "./paging.js";
import type { Service } from "./service.js";

/** Create, read, update, delete and list, for every kind there is. */
export function collectionRoutes(app: FastifyInstance, service: Service): void {
  const { kinds, fields } = service.profile;
  for (const general of REMOTE_KINDS.filter(({ name }) => kinds === undefined || kinds.includes(name))) {
    const own = fields?.[general.name];
    const kind = own === undefined ? general : withFields(general, own);
    if (kind.singleton) singletonRoutes(app, service, kind);
    else objectRoutes(app, service, kind);
  }
}

function singletonRoutes(app: FastifyInstance, service: Service, kind: Kind): void {
  const url = collectionPath(service.profile.dialect, kind);
  const schemas = kindSchemas(kind);
  const only = ({ store }: Context): StoredObject => {
    const [object] = store.objects.ofKind(kind.name);
    if (object === undefined) throw notFound(kind.name, "");
    return object;
  };
  app.get(url, { schema: schemas.read }, (request) => {
    const context = authenticate(service, request);
    authorize(context, "read", kind, undefined);
    return shown(context, kind, only(context));
  });
  app.patch(url, { schema: schemas.update }, (request) => {
    const context = authenticate(service, request);
    return service.store.transaction(() =>
      shown(context, kind, updateObject(context, kind, only(context), sentValues(context, kind, request))),
    );
  });
}

function objectRoutes(app: FastifyInstance, service: Service, kind: Kind): void {
  const collection = collectionPath(service.profile.dialect, kind).replace(/\{(\w+)\}/g, ":$1");
  const schemas = kindSchemas(kind);
  const { store } = service;
  const { offers, actions, isHidden } = rulesOf(service, kind.name);
  const has = (verb: Verb): boolean => offers === undefined || offers.includes(verb);

  const found = (request: FastifyRequest): StoredObject => {
    const { id } = request.params as { id: string };
    const owner = ownerOf(kind, request);
    refuseMissingOwner(service, kind, owner);
    const object = store.objects.get(kind.name, id, owner);
    if (object === undefined) throw notFound(kind.name, id);
    return object;
  };

  app.get(collection, { schema: schemas.list }, (request) => {
    const context = authenticate(service, request);
    const owner = ownerOf(kind, request);
    const isPartial =
      ownerField(kind) === undefined && !mayRead(context, kind, undefined) && (listsOwn(context) || readsInSomeProject(context, kind));
    if (!isPartial) authorize(context, "read", kind, ownerField(kind) === undefined ? undefined : owner);
    refuseMissingOwner(service, kind, owner);
    const { limit, after = 0 } = pageOf(request.query);
    // Where some are left out, those that fill a page can be anywhere.
    const leavesOut = isPartial || isHidden !== undefined;
    const rows = store.objects.page(kind.name, owner, after, leavesOut ? Number.MAX_SAFE_INTEGER : limit + 1);
    const visible = rows
      .filter(({ object }) => isHidden?.(object) !== true)
      .filter(({ object }) => !isPartial || mayRead(context, kind, homeProject(context, kind, object), object));
    return answerPage(visible.slice(0, limit + 1), limit, ({ object }) => shown(context, kind, object));
  });

  if (has("create")) {
    app.post(collection, { schema: schemas.create }, (request, reply) => {
      const context = authenticate(service, request);
      const answer = store.transaction(() => createOnce(context, kind, request));
      reply.code(201).header("location", `${request.url.split("?")[0]}/${encodeURIComponent(String(answer.body.id))}`);
      if (answer.isReplay) reply.header("idempotency-replayed", "true");
      return reply.send(answer.body);
    });
  }

  app.get(`${collection}/:id`, { schema: schemas.read }, (request) => {
    const context = authenticate(service, request);
    const object = found(request);
    authorize(context, "read", kind, homeProject(context, kind, object), object);
    return shown(context, kind, object);
  });

  app.patch(`${collection}/:id`, { schema: schemas.update }, (request) => {
    const context = authenticate(service, request);
    return store.transaction(() => shown(context, kind, updateObject(context, kind, found(request), sentValues(context, kind, request))));
  });

  if (has("delete")) {
    app.delete(`${collection}/:id`, { schema: schemas.delete }, (request, reply) => {
      const context = authenticate(service, request);
      store.transaction(() => deleteObject(context, kind, found(request)));
      return reply.code(204).send();
    });
  }

  for (const [name, action] of Object.entries(actions ?? {})) {
    app.post(`${collection}/:id/${name}`, { schema: schemas.action(name) }, (request, reply) => {
      const context = authenticate(service, request);
      const answer = store.transaction(() => {
        const object = found(request);
        authorize(context, "update", kind, homeProject(context, kind, object), object);
        if (!action.worksInArchive) refuseArchivedHome(context, kind, object);
        const { status, object: after, body, revealed } = action.run(context, object);
        return { status, body: body ?? shown(context, kind, after, revealed) };
      });
      return reply.code(answer.status).send(answer.body);
    });
  }
}

/** The object as the profile's system writes it. */
function shown(context: Context, kind: Kind, object: StoredObject, revealed: Values = {}): Values {
  return toWire(context.profile.dialect, kind, { ...presentObject(context, kind, object), ...revealed });
}

/** What the request declares, in the kind's own words. */
function sentValues({ profile }: Context, kind: Kind, request: FastifyRequest): Values {
  return fromWire(profile.dialect, kind, bodyOf(request));
}

function ownerOf(kind: Kind, request: FastifyRequest): string {
  const owner = ownerField(kind);
  return owner === undefined ? "" : ((request.params as Record<string, string>)[owner] ?? "");
}

/** Creates, or answers what the same request with the same idempotency key created before. A secret is not answered twice. */
function createOnce(context: Context, kind: Kind, request: FastifyRequest): { body: Values; isReplay: boolean } {
  const { store, actor, now } = context;
  const sent = sentValues(context, kind, request);
  const owner = ownerOf(kind, request);
  const key = request.headers["idempotency-key"];
  const digest = createHash("sha256")
    .update(JSON.stringify([request.url, sent]))
    .digest("hex");
  const former = typeof key === "string" ? store.idempotency.find(actor.memberId, key, now) : undefined;
  if (former !== undefined) {
    const object = former.request === digest ? store.objects.get(former.kind, former.object, former.owner) : undefined;
    if (object !== undefined) return { body: shown(context, kind, object), isReplay: true };
    const why = former.request === digest ? "made an object that is gone" : "came with another request before";
    throw conflict(`this Idempotency-Key ${why}: use a new one`, "idempotency_conflict");
  }
  const { object, revealed } = createObject(context, kind, owner, sent);
  if (typeof key === "string") {
    store.idempotency.remember(actor.memberId, key, { request: digest, kind: kind.name, owner, object: object.id }, now);
  }
  return { body: shown(context, kind, object, revealed), isReplay: false };
}
