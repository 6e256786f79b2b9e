import type { Kind } from "../../schema/kind.js";
import type { ObjectApi, Remote } from "../adapters/adapter.js";

type List = Promise<readonly Remote[]>;

/**
 * One list request per kind and owner serves all reads of a run, so that requests grow with kinds and owners and not with
 * objects. A list is dropped at the first write to its kind and owner, and when its request fails.
 */
export class SharedLists {
  readonly #lists = new Map<string, List>();

  list(kind: Kind, owner: string | undefined, load: () => List): List {
    const key = keyOf(kind, owner);
    const known = this.#lists.get(key);
    if (known) return known;
    const loading = load().catch((error: unknown) => {
      this.#lists.delete(key);
      throw error;
    });
    this.#lists.set(key, loading);
    return loading;
  }

  /** The same objects, with each write dropping the list it makes stale: when it starts, and when it ends. */
  around(kind: Kind, api: ObjectApi): ObjectApi {
    const writing = async <T>(owner: string | undefined, write: () => Promise<T>): Promise<T> => {
      const drop = () => this.#lists.delete(keyOf(kind, owner));
      drop();
      return write().finally(drop);
    };
    return {
      list: (owner) => api.list(owner),
      fetch: (owner, id) => api.fetch(owner, id),
      create: (owner, values) => writing(owner, () => api.create(owner, values)),
      update: (owner, id, changes) => writing(owner, () => api.update(owner, id, changes)),
      remove: (owner, id) => writing(owner, () => api.remove(owner, id)),
      renewSecret: (owner, id) => writing(owner, () => api.renewSecret(owner, id)),
    };
  }
}

function keyOf(kind: Kind, owner: string | undefined): string {
  return `${kind.name}\n${owner ?? ""}`;
}
