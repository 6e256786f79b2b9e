import type { Kind } from "../../../schema/kind.js";
import type { StoredObject } from "../store/objects.js";

/** Label of an object in messages. */
export function labelOf(kind: Kind, object: StoredObject): string {
  const key = kind.key.map((name) => object.body[name]).find((value) => typeof value === "string");
  return `${kind.name} "${key ?? object.id}"`;
}
