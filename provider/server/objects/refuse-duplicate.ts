import type { Kind } from "../../../schema/kind.js";
import type { Context } from "../context.js";
import { conflict } from "../refusal.js";
import { rulesOf } from "../rules/index.js";
import type { StoredObject } from "../store/objects.js";
import { hasEnded } from "./references.js";

/** Throws when a sibling has the same natural key; `before` is the object itself. Objects that have ended hold their name no longer. */
export function refuseDuplicate(context: Context, kind: Kind, object: StoredObject, before?: StoredObject): void {
  for (const property of kind.key) {
    const value = object.body[property];
    if (typeof value !== "string") continue;
    const ignoreCase = kind.fields[property]?.flags.caseInsensitive === true || (rulesOf(kind.name).ignoreCase ?? []).includes(property);
    const twin = context.store.objects
      .find(kind.name, property, value, { owner: object.owner, ignoreCase })
      .find((other) => other.id !== before?.id && isSibling(kind, object, other) && !hasEnded(kind, other));
    if (twin !== undefined)
      throw conflict(`there is a ${kind.name} with the ${property} "${value}" already: its id is ${twin.id}`, "already_exists");
  }
}

function isSibling(kind: Kind, one: StoredObject, other: StoredObject): boolean {
  return kind.keyScope === undefined || one.body[kind.keyScope] === other.body[kind.keyScope];
}
