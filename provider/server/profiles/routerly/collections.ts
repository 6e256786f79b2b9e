import { setTimeout as delay } from "node:timers/promises";
import type { Store } from "../../store/store.js";
import { Thrown } from "./failures.js";
import type { CollectionName, Collections } from "./records.js";
import { defaultsOf } from "./records.js";

/** Writers of one collection that get on at once; one more finds the file locked. */
const MOST_WRITERS = 5;
/** Between reading a collection and writing it whole, and for as long as the file stands empty meanwhile. */
const MOMENT_MS = 8;
const LOCKED_MS = 60;
/** Of the reads that find the file empty, each one of this number takes it for missing and writes the defaults. */
const RESET_EVERY = 3;

export interface Records {
  read<N extends CollectionName>(name: N): Promise<Collections[N]>;
  /** Reads a whole collection, changes it, writes it whole. What `edit` throws leaves it as it was. */
  change<N extends CollectionName, T>(name: N, edit: (items: Collections[N]) => T): Promise<T>;
}

/** The collections, each kept as a whole. With `lostWrites` overlapping writes lose data, as they do in the system. */
export function recordsIn(store: Store, lostWrites: boolean): Records {
  const load = <N extends CollectionName>(name: N): Collections[N] => {
    const text = store.setting(`routerly.${name}`);
    return text === undefined ? defaultsOf(name) : (JSON.parse(text) as Collections[N]);
  };
  const save = <N extends CollectionName>(name: N, items: Collections[N]) => store.setSetting(`routerly.${name}`, JSON.stringify(items));
  if (!lostWrites) {
    return {
      read: async (name) => load(name),
      change: async (name, edit) => {
        const items = load(name);
        const result = edit(items);
        save(name, items);
        return result;
      },
    };
  }

  const writers = new Map<CollectionName, number>();
  /** Collections whose file is empty at the moment; true when a read has put the defaults there. */
  const empty = new Map<CollectionName, { wasReset: boolean }>();
  let readsOfNothing = 0;

  async function rewritten<N extends CollectionName, T>(name: N, edit: (items: Collections[N]) => T): Promise<T> {
    const items = await read(name);
    const result = edit(items);
    await delay(MOMENT_MS);
    const state = { wasReset: false };
    empty.set(name, state);
    await delay(MOMENT_MS);
    if (!state.wasReset) save(name, items);
    if (empty.get(name) === state) empty.delete(name);
    return result;
  }

  async function read<N extends CollectionName>(name: N): Promise<Collections[N]> {
    const state = empty.get(name);
    if (state === undefined) return load(name);
    if (++readsOfNothing % RESET_EVERY !== 0) throw new Thrown("Unexpected end of JSON input");
    state.wasReset = true;
    save(name, defaultsOf(name));
    return defaultsOf(name);
  }

  return {
    read,
    async change(name, edit) {
      const before = writers.get(name) ?? 0;
      if (before >= MOST_WRITERS) {
        await delay(LOCKED_MS);
        throw new Thrown("Lock file is already being held", "ELOCKED");
      }
      writers.set(name, before + 1);
      try {
        return await rewritten(name, edit);
      } finally {
        writers.set(name, (writers.get(name) ?? 1) - 1);
      }
    },
  };
}
