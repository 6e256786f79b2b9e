import type { Kind } from "../../schema/kind.js";

/** True for an object of a kind in custody that gives no access any more. */
export function isEnded(kind: Kind, values: Readonly<Record<string, unknown>>): boolean {
  return kind.custody?.ended.includes(String(values[kind.custody.statusField])) ?? false;
}
