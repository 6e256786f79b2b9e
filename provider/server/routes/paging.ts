import type { Problem } from "../../../schema/kind.js";
import { invalid } from "../refusal.js";

const MOST = 1000;

export interface Page {
  readonly limit: number;
  /** Place after which the page begins, if it is not the first. */
  readonly after: number | undefined;
}

/** The page that a query string asks for: `limit` (1 to 1000, default 1000) and the `cursor` of the page before. */
export function pageOf(query: unknown): Page {
  const { limit = String(MOST), cursor } = query as { limit?: string; cursor?: string };
  const problems: Problem[] = [];
  const size = /^\d+$/.test(limit) ? Number(limit) : 0;
  if (size < 1 || size > MOST) problems.push({ property: "limit", reason: `must be a whole number from 1 to ${MOST}` });
  const after = cursor === undefined ? undefined : Number(Buffer.from(cursor, "base64url").toString() || Number.NaN);
  if (after !== undefined && !Number.isSafeInteger(after)) problems.push({ property: "cursor", reason: "is none that this list answered" });
  if (problems.length > 0) throw invalid(problems);
  return { limit: size, after };
}

/** A page and the cursor of the next one. `rows` holds one more than fits when there is a next one. */
export function answerPage<T extends { readonly seq: number }, U>(rows: readonly T[], limit: number, present: (row: T) => U) {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor = rows.length > limit && last !== undefined ? Buffer.from(String(last.seq)).toString("base64url") : null;
  return { items: shown.map(present), nextCursor };
}
