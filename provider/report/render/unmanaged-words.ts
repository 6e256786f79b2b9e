import type { ReadyLine, UnmanagedObject } from "../unmanaged-object.js";
import { severitiesText } from "./words.js";

/** As many as are shown where not everything is; the worst come first. */
export const WORST_UNMANAGED = 10;

/** What can be done about an object that nobody declared. */
export const REMEDIES = ["adopt", "ignore", "remove"] as const;

/** `Nobody declared 12 objects: 2 critical, 10 medium`. */
export function unmanagedSummary(unmanaged: readonly UnmanagedObject[]): string {
  const objects = unmanaged.length === 1 ? "1 object" : `${unmanaged.length} objects`;
  return `Nobody declared ${objects}: ${severitiesText(unmanaged.map(({ severity }) => severity))}`;
}

/** `ApiKey legacy-prod in projects.checkout`. */
export function unmanagedName({ kind, key, owner }: UnmanagedObject): string {
  return `${kind} ${key}${owner === undefined ? "" : ` in ${owner}`}`;
}

/** `It is a production key that works; made 42 days ago, last used 2026-11-28`. */
export function unmanagedReason({ why, ageDays, lastUsedAt, environment, ignoredUntil }: UnmanagedObject): string {
  const known = [
    ...(environment === undefined ? [] : [environment]),
    ...(ageDays === undefined ? [] : [ageDays === 0 ? "made today" : `made ${ageDays === 1 ? "1 day" : `${ageDays} days`} ago`]),
    ...(lastUsedAt === undefined ? [] : [`last used ${lastUsedAt.slice(0, 10)}`]),
    ...(ignoredUntil === undefined ? [] : [`its $ignore ended on ${ignoredUntil}`]),
  ];
  return [why.replace(/\.$/, ""), ...(known.length === 0 ? [] : [known.join(", ")])].join("; ");
}

/** What to paste, with where as its comment: the whole of it is good in the file. */
export function pasteText({ line, file, under }: ReadyLine, remedy = ""): string | undefined {
  if (line === undefined) return undefined;
  const place = under === undefined || file === undefined ? [] : [`${under === "" ? "at the top" : `under ${under}`} in ${file}`];
  const comment = [...(remedy === "" ? [] : [remedy]), ...place].join(", ");
  return comment === "" ? line : `${line} ${file === undefined ? "//" : "#"} ${comment}`;
}

/** A row for each remedy, and one for what to do before it, or instead. */
export function remedyRows(object: UnmanagedObject): readonly string[] {
  return REMEDIES.flatMap((remedy) => {
    const ready = object[remedy];
    const texts = [pasteText(ready), ready.note].filter((text) => text !== undefined);
    return texts.map((text) => `${remedy}: ${text}`);
  });
}
