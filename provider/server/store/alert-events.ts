import type { DatabaseSync } from "node:sqlite";

/** Something that somebody wanted to be told. Events are recorded, not sent: the embedded control plane calls nobody. */
export interface AlertEvent {
  readonly at: string;
  /** What happened, in the words of the kind Alert. */
  readonly event: string;
  /** Kind, id and name of the object that asked to be told. */
  readonly kind: string;
  readonly object: string;
  readonly name: string;
  /** Id of the project it is about; the organization as a whole when absent. */
  readonly project?: string | undefined;
  /** The value that was reached, and the one that it was measured against, in the unit of the event. */
  readonly value?: number | undefined;
  readonly threshold?: number | undefined;
  /** What the object tells once: the same object, threshold and occasion are one event. */
  readonly occasion: string;
}

export type AlertEventTable = ReturnType<typeof alertEventTable>;

/** What was told. Entries are only ever added. */
export function alertEventTable(database: DatabaseSync) {
  const insert = database.prepare(
    "INSERT INTO alertEvents (at, event, kind, object, name, project, value, threshold, occasion) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
  );
  const known = database.prepare("SELECT 1 FROM alertEvents WHERE object = ? AND event = ? AND occasion = ? AND threshold IS ?");
  const page = database.prepare("SELECT * FROM alertEvents WHERE seq < ? ORDER BY seq DESC LIMIT ?");

  return {
    /** False when it was told before. */
    append({ at, event, kind, object, name, project, value, threshold, occasion }: AlertEvent): boolean {
      if (known.get(object, event, occasion, threshold ?? null) !== undefined) return false;
      insert.run(at, event, kind, object, name, project ?? null, value ?? null, threshold ?? null, occasion);
      return true;
    },
    /** Newest first, from before this place on. */
    page(before: number, limit: number): { entry: Omit<AlertEvent, "occasion">; seq: number }[] {
      return page.all(before, limit).map((row) => ({ entry: entryOf(row), seq: Number(row.seq) }));
    },
  };
}

function entryOf(row: Record<string, unknown>): Omit<AlertEvent, "occasion"> {
  const { at, event, kind, object, name, project, value, threshold } = row;
  return {
    at: String(at),
    event: String(event),
    kind: String(kind),
    object: String(object),
    name: String(name),
    ...(project !== null && { project: String(project) }),
    ...(value !== null && { value: Number(value) }),
    ...(threshold !== null && { threshold: Number(threshold) }),
  };
}
