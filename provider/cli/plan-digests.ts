import { createHash } from "node:crypto";
import { SECRET_MARK } from "./state.js";

/**
 * Names the resolved inputs of an object: the same whatever the order of their keys, another one for any other value. Secrets take no
 * part, neither masked nor encrypted ones: a digest of a short secret would tell it, and the same one is encrypted anew each time.
 */
export function inputsDigest(inputs: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(comparable(inputs)) ?? "")
    .digest("hex");
}

/** Entries as pairs, since JSON puts the keys of an object that look like numbers first. What is undefined is absent. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return ["list", ...value.map(comparable)];
  if (typeof value !== "object" || value === null) return value;
  if (SECRET_MARK in value) return "[secret]";
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return ["object", ...entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, inner]) => [name, comparable(inner)])];
}
