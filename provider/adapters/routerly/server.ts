import { setTimeout as delay } from "node:timers/promises";
import { NotFound, NotKept, Unreachable } from "../../errors.js";
import type { Client, Method, Sender } from "../../http/client.js";
import { bodyOf } from "./answers.js";
import { LISTS, type Listed, type ListName, losable } from "./lists.js";

/** Reads before an absence is believed: a list that overlaps somebody else's write may be torn or reset. */
const READS = 3;
const BETWEEN_READS_MS = 100;
/** Creations or deletions before a change that never arrives is called lost. */
const ATTEMPTS = 3;

/** How much of each list could be lost when it was last seen in this run. */
const sizes = new WeakMap<Client, Map<ListName, number>>();

/** What one turn at the server can do: nobody else of ours speaks to it meanwhile. */
export interface Turn {
  list<L extends ListName>(name: L): Promise<readonly Listed[L][]>;
  /** The list as this turn saw it last. */
  latest<L extends ListName>(name: L): Promise<readonly Listed[L][]>;
  /** The one that matches. Throws NotFound when several reads do not show it. */
  find<L extends ListName>(name: L, what: string, matches: (one: Listed[L]) => boolean): Promise<Listed[L]>;
  send<T>(method: Method, path: string, doing: string, body?: unknown): Promise<T>;
  remove(path: string): Promise<void>;
  /** Removes and looks whether it is gone; a deletion that was lost is sent again. Throws NotFound when it was gone before. */
  removeAndCheck<L extends ListName>(name: L, remove: () => Promise<void>, isThere: (one: Listed[L]) => boolean): Promise<void>;
  /** Creates and looks whether it arrived; a creation that was answered and lost is sent again. Throws NotKept when it never arrives. */
  createAndFind<L extends ListName, T>(
    name: L,
    create: () => Promise<T>,
    arrived: (one: Listed[L], made: T) => boolean,
  ): Promise<[T, Listed[L]]>;
}

/** Runs a task for which the server is ours alone, as far as other runs of Gatehouse go. */
export function atServer<T>(client: Client, subject: string, task: (turn: Turn) => Promise<T>): Promise<T> {
  return client.exclusively((sender) => task(turnOf(client, sender, subject)));
}

function turnOf(client: Client, sender: Sender, subject: string): Turn {
  const known = sizes.get(client) ?? new Map<ListName, number>();
  sizes.set(client, known);
  /** The lists as this turn saw them last. */
  const seen = new Map<ListName, readonly unknown[]>();

  function remember<L extends ListName>(name: L, items: readonly Listed[L][]): readonly Listed[L][] {
    known.set(name, losable(name, items).length);
    seen.set(name, items);
    return items;
  }

  async function readOnce<L extends ListName>(name: L): Promise<readonly Listed[L][]> {
    const { path, itemsIn = (answer: unknown) => answer } = LISTS[name];
    const items = itemsIn(bodyOf<unknown>(await sender.send("GET", path), subject, "cannot be listed"));
    if (!Array.isArray(items)) throw new Unreachable({ subject, what: `GET ${path} answered no list` });
    return items as readonly Listed[L][];
  }

  async function readUntil<L extends ListName>(name: L, enough: (items: readonly Listed[L][]) => boolean): Promise<readonly Listed[L][]> {
    for (let reads = 1; ; reads++) {
      const items = await readOnce(name);
      if (enough(items) || reads >= READS) return items;
      await delay(BETWEEN_READS_MS * reads);
    }
  }

  /** True when a list shows nothing of what was there, and that was this many items or more. */
  function looksReset<L extends ListName>(name: L, items: readonly Listed[L][], atLeast: number): boolean {
    if (items.length === 0 && LISTS[name].isNeverEmpty) return true;
    return losable(name, items).length === 0 && (known.get(name) ?? 0) >= atLeast;
  }

  function believed<L extends ListName>(name: L, items: readonly Listed[L][]): readonly Listed[L][] {
    // Between two turns somebody may really take the only one away.
    if (looksReset(name, items, 2)) throw wiped(subject, name);
    return remember(name, items);
  }

  async function list<L extends ListName>(name: L): Promise<readonly Listed[L][]> {
    return believed(name, await readUntil(name, (found) => !looksReset(name, found, 1)));
  }

  async function latest<L extends ListName>(name: L): Promise<readonly Listed[L][]> {
    return (seen.get(name) as readonly Listed[L][] | undefined) ?? list(name);
  }

  /** The list after a change of ours. What stood beside the changed object a moment ago must not all be gone with it. */
  async function afterChange<L extends ListName>(
    name: L,
    before: readonly Listed[L][],
    isOwn: (one: Listed[L]) => boolean,
    isEnough: (items: readonly Listed[L][]) => boolean,
  ): Promise<readonly Listed[L][]> {
    const keepsOthers = (items: readonly Listed[L][]) => {
      const own = new Set([...before, ...items].filter(isOwn).map(({ id }) => id));
      const others = (all: readonly Listed[L][]) => losable(name, all).filter(({ id }) => !own.has(id));
      return others(before).length === 0 || others(items).length > 0;
    };
    const items = await readUntil(name, (found) => keepsOthers(found) && isEnough(found));
    if (!keepsOthers(items)) throw wiped(subject, name);
    return remember(name, items);
  }

  async function send<T>(method: Method, path: string, doing: string, body?: unknown): Promise<T> {
    const answer = await sender.send(method, path, body === undefined ? {} : { body });
    return bodyOf<T>(answer, subject, doing, method === "POST");
  }

  return {
    list,
    latest,
    send,
    remove: (path) => send("DELETE", path, "cannot be deleted"),
    async find(name, what, matches) {
      const items = believed(name, await readUntil(name, (found) => found.some(matches)));
      const one = items.find(matches);
      if (one === undefined) throw new NotFound({ subject, what });
      return one;
    },
    async removeAndCheck(name, remove, isThere) {
      const before = await latest(name);
      for (let deletions = 1; deletions <= ATTEMPTS; deletions++) {
        await remove();
        if (!(await afterChange(name, before, isThere, () => true)).some(isThere)) return;
      }
      throw lost(subject, "deletions");
    },
    async createAndFind(name, create, arrived) {
      const before = await latest(name);
      for (let creations = 1; creations <= ATTEMPTS; creations++) {
        const made = await create();
        const isOwn = (one: Listed[typeof name]) => arrived(one, made);
        const one = (await afterChange(name, before, isOwn, (found) => found.some(isOwn))).find(isOwn);
        if (one !== undefined) return [made, one];
      }
      throw lost(subject, "creations");
    },
  };
}

function lost(subject: string, what: string): NotKept {
  return new NotKept({
    subject,
    what: `the server answered ${ATTEMPTS} ${what} and kept none: something else writes to it at the same time`,
    advice: "Run again in a quiet window, with dashboards closed: Routerly loses writes that overlap.",
  });
}

function wiped(subject: string, name: ListName): Unreachable {
  return new Unreachable({
    subject,
    what: `${LISTS[name].path} shows nothing of what was there: the server has lost the whole collection, which overlapping writes do to it`,
    advice: "Restore the server's backup, then run again. Nothing was taken for deleted.",
  });
}
