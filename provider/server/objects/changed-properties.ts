import { isDeepStrictEqual } from "node:util";
import type { Values } from "../store/objects.js";

/** Dotted names of the properties that differ, as deep as both sides are objects. */
export function changedProperties(before: Values, after: Values, prefix = ""): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) => {
    const [old, now] = [before[name], after[name]];
    if (isDeepStrictEqual(old, now)) return [];
    const property = `${prefix}${name}`;
    return isValues(old ?? {}) && isValues(now ?? {})
      ? changedProperties((old ?? {}) as Values, (now ?? {}) as Values, `${property}.`)
      : [property];
  });
}

/** True for an object that is neither null nor a list. */
export function isValues(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
