import type { DatabaseSync } from "node:sqlite";
import type { Values } from "./objects.js";

/** Who did what to which object. Holds no secrets and no hashes. */
export interface AuditEntry {
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly kind: string;
  readonly object: string;
  readonly before?: Values | undefined;
  readonly after?: Values | undefined;
}

export type AuditTable = ReturnType<typeof auditTable>;

/** The record of all writes. Entries are only ever added. */
export function auditTable(database: DatabaseSync) {
  const insert = database.prepare("INSERT INTO audit (at, actor, action, kind, object, before, after) VALUES (?, ?, ?, ?, ?, ?, ?)");
  const page = database.prepare("SELECT * FROM audit WHERE seq < ? ORDER BY seq DESC LIMIT ?");

  return {
    append(entry: AuditEntry): void {
      const { at, actor, action, kind, object, before, after } = entry;
      insert.run(at, actor, action, kind, object, before ? JSON.stringify(before) : null, after ? JSON.stringify(after) : null);
    },
    /** Newest first, from before this place on. */
    page(before: number, limit: number): { entry: AuditEntry; seq: number }[] {
      return page.all(before, limit).map((row) => ({ entry: entryOf(row), seq: Number(row.seq) }));
    },
  };
}

function entryOf(row: Record<string, unknown>): AuditEntry {
  const [before, after] = [row.before, row.after].map((text) => (text === null ? undefined : (JSON.parse(String(text)) as Values)));
  return {
    at: String(row.at),
    actor: String(row.actor),
    action: String(row.action),
    kind: String(row.kind),
    object: String(row.object),
    ...(before && { before }),
    ...(after && { after }),
  };
}
