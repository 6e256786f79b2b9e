import type { DatabaseSync } from "node:sqlite";

export type Values = Readonly<Record<string, unknown>>;

/** An object as it is kept. */
export interface StoredObject {
  readonly kind: string;
  /** Id of the owner, or "" for kinds that are listed below none. */
  readonly owner: string;
  readonly id: string;
  readonly body: Values;
  /** Hashes of its write-only secrets by dotted property; never presented. */
  readonly hidden: Readonly<Record<string, string>>;
  /** There before anybody declared it. */
  readonly builtIn: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface Listed {
  readonly object: StoredObject;
  /** Place in the list; the next page begins after it. */
  readonly seq: number;
}

export interface Search {
  /** Only below this owner. */
  readonly owner?: string;
  readonly ignoreCase?: boolean;
}

export type ObjectTable = ReturnType<typeof objectTable>;

/** The objects of all kinds, in the order of their creation. */
export function objectTable(database: DatabaseSync) {
  const insert = database.prepare(
    "INSERT INTO objects (kind, owner, id, body, hidden, builtIn, createdAt, updatedAt) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
  );
  const update = database.prepare("UPDATE objects SET body = ?, hidden = ?, updatedAt = ? WHERE kind = ? AND owner = ? AND id = ?");
  const remove = database.prepare("DELETE FROM objects WHERE kind = ? AND owner = ? AND id = ?");
  const get = database.prepare("SELECT * FROM objects WHERE kind = ? AND owner = ? AND id = ?");
  const last = database.prepare("SELECT seq AS n FROM sqlite_sequence WHERE name = 'objects'");
  const count = database.prepare("SELECT count(*) AS n FROM objects WHERE kind = ?");
  const ofKind = database.prepare("SELECT * FROM objects WHERE kind = ? ORDER BY seq");
  const page = database.prepare("SELECT * FROM objects WHERE kind = ? AND owner = ? AND seq > ? ORDER BY seq LIMIT ?");
  const findExact = database.prepare("SELECT * FROM objects WHERE kind = ? AND json_extract(body, ?) = ? ORDER BY seq");
  const findFolded = database.prepare("SELECT * FROM objects WHERE kind = ? AND folded(json_extract(body, ?)) = folded(?) ORDER BY seq");

  return {
    insert(object: StoredObject): void {
      const { kind, owner, id, body, hidden, builtIn, createdAt, updatedAt } = object;
      insert.run(kind, owner, id, JSON.stringify(body), JSON.stringify(hidden), builtIn ? 1 : 0, createdAt, updatedAt);
    },
    update(object: StoredObject): void {
      update.run(JSON.stringify(object.body), JSON.stringify(object.hidden), object.updatedAt, object.kind, object.owner, object.id);
    },
    remove(object: StoredObject): void {
      remove.run(object.kind, object.owner, object.id);
    },
    /** Objects of all kinds that were ever made: a number that no object has had. */
    everMade: (): number => Number(last.get()?.n ?? 0),
    get(kind: string, id: string, owner = ""): StoredObject | undefined {
      const row = get.get(kind, owner, id);
      return row === undefined ? undefined : objectOf(row);
    },
    count: (kind: string): number => Number(count.get(kind)?.n),
    ofKind: (kind: string): StoredObject[] => ofKind.all(kind).map(objectOf),
    page: (kind: string, owner: string, after: number, limit: number): Listed[] =>
      page.all(kind, owner, after, limit).map((row) => ({ object: objectOf(row), seq: Number(row.seq) })),
    /** Objects whose top-level property has this value. */
    find(kind: string, property: string, value: string, search: Search = {}): StoredObject[] {
      const found = (search.ignoreCase ? findFolded : findExact).all(kind, `$.${property}`, value).map(objectOf);
      return search.owner === undefined ? found : found.filter((o) => o.owner === search.owner);
    },
  };
}

function objectOf(row: Record<string, unknown>): StoredObject {
  return {
    kind: String(row.kind),
    owner: String(row.owner),
    id: String(row.id),
    body: JSON.parse(String(row.body)) as Values,
    hidden: JSON.parse(String(row.hidden)) as Record<string, string>,
    builtIn: row.builtIn === 1,
    createdAt: String(row.createdAt),
    updatedAt: String(row.updatedAt),
  };
}
