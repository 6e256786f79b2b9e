import { setTimeout as delay } from "node:timers/promises";
import { NotFound, NotKept, Unreachable } from "../../errors.js";
import type { Client, Method, Sender } from "../../http/client.js";
import { bodyOf } from "./answers.js";
import type { WireModel, WireProject, WireRole, WireUser } from "./wire.js";

/** Reads before an absence is believed: a list that overlaps somebody else's write may be torn or reset. */
const READS = 3;
const BETWEEN_READS_MS = 100;
/** Creations or deletions before a change that never arrives is called lost. */
const ATTEMPTS = 3;

const LISTS = { Model: "/api/models", Project: "/api/projects", User: "/api/users", Role: "/api/roles" } as const;

interface Listed {
  readonly Model: WireModel;
  readonly Project: WireProject;
  readonly User: WireUser;
  readonly Role: WireRole;
}
type ListName = keyof Listed;

/** Collections that can never be empty: whoever asks is a user and has a role. */
const NEVER_EMPTY: readonly ListName[] = ["User", "Role"];

/** The largest size in which each list was seen in this run; small ones may really become empty. */
const sizes = new WeakMap<Client, Map<ListName, number>>();

/** What one turn at the server can do: nobody else of ours speaks to it meanwhile. */
export interface Turn {
  list<L extends ListName>(name: L): Promise<readonly Listed[L][]>;
  /** The one that matches. Throws NotFound when several reads do not show it. */
  find<L extends ListName>(name: L, what: string, matches: (one: Listed[L]) => boolean): Promise<Listed[L]>;
  send<T>(method: Method, path: string, doing: string, body?: unknown): Promise<T>;
  /** Deletes and looks whether it is gone; a deletion that was lost is sent again. Throws NotFound when it was gone before. */
  removeAndCheck<L extends ListName>(name: L, path: string, isThere: (one: Listed[L]) => boolean): Promise<void>;
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

  async function readOnce<L extends ListName>(name: L): Promise<readonly Listed[L][]> {
    const body = bodyOf<unknown>(await sender.send("GET", LISTS[name]), subject, "cannot be listed");
    if (!Array.isArray(body)) throw new Unreachable({ subject, what: `GET ${LISTS[name]} answered no list` });
    return body as readonly Listed[L][];
  }

  async function readUntil<L extends ListName>(name: L, enough: (items: readonly Listed[L][]) => boolean): Promise<readonly Listed[L][]> {
    for (let reads = 1; ; reads++) {
      const items = await readOnce(name);
      known.set(name, Math.max(known.get(name) ?? 0, items.length));
      if (enough(items) || reads >= READS) return items;
      await delay(BETWEEN_READS_MS * reads);
    }
  }

  function refuseWipe(name: ListName, items: readonly unknown[]): void {
    const wasThere = NEVER_EMPTY.includes(name) || (known.get(name) ?? 0) > 1;
    if (items.length === 0 && wasThere) throw wiped(subject, LISTS[name]);
  }

  async function list<L extends ListName>(name: L): Promise<readonly Listed[L][]> {
    const items = await readUntil(name, (found) => found.length > 0 || (known.get(name) ?? 0) === 0);
    refuseWipe(name, items);
    return items;
  }

  async function send<T>(method: Method, path: string, doing: string, body?: unknown): Promise<T> {
    const answer = await sender.send(method, path, body === undefined ? {} : { body });
    // What we take away ourselves must not look like a wipe.
    if (method === "DELETE") for (const name of Object.keys(LISTS) as ListName[]) if (path.startsWith(LISTS[name])) known.delete(name);
    return bodyOf<T>(answer, subject, doing, method === "POST");
  }

  return {
    list,
    send,
    async find(name, what, matches) {
      const items = await readUntil(name, (found) => found.some(matches));
      const one = items.find(matches);
      if (one !== undefined) return one;
      refuseWipe(name, items);
      throw new NotFound({ subject, what });
    },
    async removeAndCheck(name, path, isThere) {
      for (let deletions = 1; ; deletions++) {
        await send("DELETE", path, "cannot be deleted");
        if (!(await readOnce(name)).some(isThere)) return;
        if (deletions >= ATTEMPTS) throw lost(subject, "deletions");
      }
    },
    async createAndFind(name, create, arrived) {
      for (let creations = 1; creations <= ATTEMPTS; creations++) {
        const made = await create();
        const one = (await readUntil(name, (found) => found.some((item) => arrived(item, made)))).find((item) => arrived(item, made));
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

function wiped(subject: string, path: string): Unreachable {
  return new Unreachable({
    subject,
    what: `${path} is empty, and it was not or cannot be: the server has lost the whole collection, which overlapping writes do to it`,
    advice: "Restore the server's backup, then run again. Nothing was taken for deleted.",
  });
}
