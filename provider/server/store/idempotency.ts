import type { DatabaseSync } from "node:sqlite";

const KEPT_MS = 24 * 60 * 60 * 1000;

/** What a creation with an idempotency key made. */
export interface RememberedCreation {
  /** Hash of the request: the same key with another request is a mistake of the caller. */
  readonly request: string;
  readonly kind: string;
  readonly owner: string;
  readonly object: string;
}

export type IdempotencyTable = ReturnType<typeof idempotencyTable>;

/** Creations of the last 24 hours by the key that their caller gave them. */
export function idempotencyTable(database: DatabaseSync) {
  const find = database.prepare("SELECT * FROM idempotency WHERE actor = ? AND key = ? AND at > ?");
  const insert = database.prepare("INSERT INTO idempotency VALUES (?, ?, ?, ?, ?, ?, ?)");
  const purge = database.prepare("DELETE FROM idempotency WHERE at <= ?");

  return {
    find(actor: string, key: string, now: Date): RememberedCreation | undefined {
      return find.get(actor, key, now.getTime() - KEPT_MS) as RememberedCreation | undefined;
    },
    remember(actor: string, key: string, made: RememberedCreation, now: Date): void {
      purge.run(now.getTime() - KEPT_MS);
      insert.run(actor, key, made.request, made.kind, made.owner, made.object, now.getTime());
    },
  };
}
