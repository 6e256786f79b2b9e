import { createHash } from "node:crypto";
import type { SavedChange } from "./saved-plan.js";
import { SECRET_MARK } from "./state.js";

/**
 * Names the resolved inputs of an object: the same whatever the order of their keys, another one for any other value. Secrets take no
 * part, neither masked nor encrypted ones: a digest of a short secret would tell it.
 */
export function inputsDigest(inputs: unknown): string {
  return hashed(comparable(inputs));
}

/** Names a set of changes, whatever their order. */
export function changeSetDigest(changes: readonly SavedChange[]): string {
  return hashed(changes.map(({ urn, operation, inputsDigest: digest }) => JSON.stringify([urn, operation, digest])).toSorted());
}

function hashed(value: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(value) ?? "")
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
