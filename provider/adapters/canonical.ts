import { randomUUID } from "node:crypto";
import type { Fields } from "../../schema/field.js";
import { idField, type Kind, ownerField } from "../../schema/kind.js";
import { CANONICAL, collectionPath, type Dialect, fromWire, toWire } from "../../schema/systems/dialect.js";
import { NotFound, Refused, Unreachable } from "../errors.js";
import type { Answer, Client, Method, RequestOptions } from "../http/client.js";
import { errorOf, NO_SUCH_CALL, type ReadRefusal } from "../http/problem.js";
import type { ObjectApi, Remote, Revealed } from "./adapter.js";

/** Objects a list answers at once, at most. */
const PAGE_SIZE = 1000;

/**
 * The mapping that every adapter starts from: a collection with create, read, merge and delete, in the kind's own path, words and
 * units or in those of a dialect. The embedded control plane speaks exactly this.
 */
export function canonicalObjects(client: Client, kind: Kind, dialect: Dialect = CANONICAL, readRefusal?: ReadRefusal): ObjectApi {
  const owner = ownerField(kind);
  const ownId = idField(kind);

  const path = collectionPath(dialect, kind);
  const collection = (ownerId: string | undefined): string => path.replace(/\{\w+\}/, encodeURIComponent(ownerId ?? ""));
  const item = (ownerId: string | undefined, id: string): string =>
    kind.singleton ? collection(ownerId) : `${collection(ownerId)}/${encodeURIComponent(id)}`;

  async function call(method: Method, path: string, doing: string, options: RequestOptions = {}): Promise<Answer> {
    const answer = await client.send(method, path, options);
    if (answer.status >= 400) throw errorOf(answer, kind.name, doing, readRefusal);
    return answer;
  }

  /** What belongs to no owner is always there to be listed: a 404 speaks of the call then, and must not make its objects look gone. */
  async function callList(ownerId: string | undefined, path: string, doing: string): Promise<unknown> {
    try {
      return (await call("GET", path, doing)).body;
    } catch (error) {
      throw error instanceof NotFound && ownerId === undefined ? new Refused({ ...error.parts, advice: NO_SUCH_CALL }) : error;
    }
  }

  function remote(ownerId: string | undefined, body: unknown): Remote {
    const read = typeof body === "object" && body !== null ? fromWire(dialect, kind, body as Record<string, unknown>) : {};
    const { id, builtIn, createdAt, ...rest } = read as { id?: unknown; builtIn?: unknown; createdAt?: unknown };
    if (typeof id !== "string" && typeof id !== "number") {
      throw new Unreachable({ subject: kind.name, what: "the control plane answered an object without an id" });
    }
    const values = { ...(ownId !== undefined && { [ownId]: String(id) }), ...declaredOnly(kind.fields, rest) };
    return {
      id: String(id),
      owner: ownerId,
      builtIn: kind.singleton || builtIn === true,
      createdAt: String(createdAt ?? "") || undefined,
      values,
    };
  }

  function revealed(ownerId: string | undefined, body: unknown): Revealed {
    const shown = Object.keys(kind.fields).filter((name) => kind.fields[name]?.flags.revealedOnce);
    const secrets: Record<string, string> = {};
    for (const name of shown) {
      const value = fromWire(dialect, kind, body as Record<string, unknown>)[name];
      if (typeof value === "string") secrets[name] = value;
    }
    return { remote: remote(ownerId, body), secrets };
  }

  const revealsSecret = Object.values(kind.fields).some((f) => f.flags.revealedOnce);

  return {
    async list(ownerId) {
      if (kind.singleton) return [remote(ownerId, await callList(ownerId, collection(ownerId), "cannot be read"))];
      const found: Remote[] = [];
      for (let cursor: string | undefined; ; ) {
        const query = `?limit=${PAGE_SIZE}${cursor === undefined ? "" : `&cursor=${encodeURIComponent(cursor)}`}`;
        const page = (await callList(ownerId, collection(ownerId) + query, "cannot be listed")) as {
          items?: unknown[];
          nextCursor?: string;
        };
        if (!Array.isArray(page?.items))
          throw new Unreachable({ subject: kind.name, what: "the control plane answered a list without items" });
        found.push(...page.items.map((body) => remote(ownerId, body)));
        if (!page.nextCursor) return found;
        cursor = page.nextCursor;
      }
    },

    async fetch(ownerId, id) {
      return remote(ownerId, (await call("GET", item(ownerId, id), "cannot be read")).body);
    },

    async create(ownerId, values) {
      const send = () =>
        call("POST", collection(ownerId), "cannot be created", {
          body: toWire(dialect, kind, withoutOwner(values, owner)),
          idempotencyKey: randomUUID(),
        });
      const made = await send();
      if (!revealsSecret || made.headers["idempotency-replayed"] !== "true") return revealed(ownerId, made.body);
      // The first answer was lost and the secret with it. This very creation made the object, so it can go; a new one is made.
      await call("DELETE", item(ownerId, remote(ownerId, made.body).id), "cannot be removed after its secret was lost");
      return revealed(ownerId, (await send()).body);
    },

    async update(ownerId, id, changes) {
      await call("PATCH", item(ownerId, id), "cannot be changed", { body: toWire(dialect, kind, withoutOwner(changes, owner)) });
    },

    async remove(ownerId, id) {
      await call("DELETE", item(ownerId, id), "cannot be deleted");
    },

    async renewSecret(ownerId, id) {
      if (!revealsSecret) throw new NotFound({ subject: kind.name, what: "has no secret to renew" });
      return revealed(ownerId, (await call("POST", `${item(ownerId, id)}/rotate`, "cannot get a new secret", { body: {} })).body);
    },
  };
}

function withoutOwner(values: Readonly<Record<string, unknown>>, owner: string | undefined): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => name !== owner));
}

/** A server may answer more than a kind has; what nobody described is not looked at. */
function declaredOnly(fields: Fields, values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).filter(([name, value]) => Object.hasOwn(fields, name) && !fields[name]?.flags.secret && value !== null),
  );
}
