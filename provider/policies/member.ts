import { type Bag, UNKNOWN } from "./seen.js";

/** A member of an object as a rule sees it: unknown when the whole object is, undefined when either is absent. */
export function member(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((holder, name) => {
    if (holder === UNKNOWN) return UNKNOWN;
    return typeof holder === "object" && holder !== null ? (holder as Bag)[name] : undefined;
  }, value);
}

/** The items of a list; none when it is absent or unknown. */
export function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
