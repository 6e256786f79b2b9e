import type { AccessRow } from "./access-matrix.js";

/** Rows as plain values for `JSON.stringify`: everything a row holds, each absent value left out. */
export function accessJson(rows: readonly AccessRow[]): readonly object[] {
  return rows.map(({ subject, isArchived, limits, ...row }) => ({
    who: subject,
    ...row,
    ...(isArchived ? { isArchived } : {}),
    limits: limits.map(({ value, ...limit }) => ({
      ...limit,
      ...(value === undefined && limit.rule !== "lifted" ? { isUnknown: true } : { value }),
    })),
  }));
}
