import type { DatabaseSync } from "node:sqlite";

const NANO = 1e9;

/** One served request. */
export interface Use {
  readonly at: Date;
  readonly key: string;
  readonly project: string;
  readonly environment: string | undefined;
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costUsd: number;
}

/** Whose use is counted: one key's, one project's, one environment's, what all of those given share, or everybody's. */
export interface UsageScope {
  readonly key?: string;
  readonly project?: string;
  readonly environment?: string;
}

/** A step in the past: what was used then leaves a sliding window a window's length later. */
export interface UsageStep {
  readonly at: number;
  readonly tokens: number;
}

export type UsageTable = ReturnType<typeof usageTable>;

/** Every served request. Costs are kept in whole billionths of a dollar, so that sums are exact. */
export function usageTable(database: DatabaseSync) {
  const insert = database.prepare("INSERT INTO usage VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  const reached = database.prepare("SELECT 1 FROM reachedCaps WHERE scope = ?");
  const reach = database.prepare("INSERT OR IGNORE INTO reachedCaps VALUES (?)");
  const leave = database.prepare("DELETE FROM reachedCaps WHERE scope = ?");

  return {
    book(use: Use): void {
      const { at, key, project, environment, model, inputTokens, outputTokens, costUsd } = use;
      insert.run(at.getTime(), key, project, environment ?? null, model, inputTokens, outputTokens, Math.round(costUsd * NANO));
    },
    /** US dollars since then. */
    spentUsd(scope: UsageScope, since: Date): number {
      const [where, values] = clause(scope);
      const row = database
        .prepare(`SELECT coalesce(sum(costNanoUsd), 0) AS cost FROM usage WHERE ${where} AND at >= ?`)
        .get(...values, since.getTime());
      return Number(row?.cost) / NANO;
    },
    /** Requests after that time, oldest first. */
    steps(scope: UsageScope, after: number): UsageStep[] {
      const [where, values] = clause(scope);
      const rows = database
        .prepare(`SELECT at, inputTokens + outputTokens AS tokens FROM usage WHERE ${where} AND at > ? ORDER BY at`)
        .all(...values, after);
      return rows.map((row) => ({ at: Number(row.at), tokens: Number(row.tokens) }));
    },
    isCapReached: (scope: string): boolean => reached.get(scope) !== undefined,
    markCap: (scope: string, isReached: boolean): void => void (isReached ? reach : leave).run(scope),
  };
}

function clause(scope: UsageScope): [string, string[]] {
  const given = Object.entries(scope);
  return given.length === 0 ? ["1", []] : [given.map(([name]) => `${name} = ?`).join(" AND "), given.map(([, value]) => String(value))];
}
