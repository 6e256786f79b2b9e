import type { Kind } from "../../../schema/kind.js";
import type { Context } from "../context.js";
import { conflict } from "../refusal.js";
import { rulesOf } from "../rules/index.js";
import type { StoredObject } from "../store/objects.js";
import { hasEnded } from "./references.js";

/** Throws when a sibling has the same natural key; `before` is the object itself. Objects that have ended hold their name no longer. */
export function refuseDuplicate(context: Context, kind: Kind, object: StoredObject, before?: StoredObject): void {
  refuseSecondUnnamed(context, kind, object, before);
  const scope = scopeOf(context, kind);
  const { isHistory, ignoreCase: ownIgnored = [] } = rulesOf(context, kind.name);
  for (const property of kind.key) {
    const value = object.body[property];
    if (typeof value !== "string") continue;
    const ignoreCase = kind.fields[property]?.flags.caseInsensitive === true || ownIgnored.includes(property);
    const twin = context.store.objects
      .find(kind.name, property, value, { owner: object.owner, ignoreCase })
      .find((other) => other.id !== before?.id && isSibling(scope, object, other) && !hasEnded(kind, other) && !isHistory?.(other));
    if (twin !== undefined)
      throw conflict(`there is a ${kind.name} with the ${property} "${value}" already: its id is ${twin.id}`, "already_exists");
  }
}

/** Of objects without a name there is one among its siblings, such as a project's own routing. */
function refuseSecondUnnamed(context: Context, kind: Kind, object: StoredObject, before?: StoredObject): void {
  const isUnnamed = ({ body }: StoredObject) => kind.key.every((name) => body[name] === undefined);
  if (kind.singleton || !isUnnamed(object)) return;
  const scope = scopeOf(context, kind);
  const siblings = context.store.objects.ofKind(kind.name).filter((o) => o.owner === object.owner && isSibling(scope, object, o));
  const twin = siblings.find((other) => other.id !== before?.id && isUnnamed(other));
  if (twin !== undefined) throw conflict(`there is a ${kind.name} without a name already: its id is ${twin.id}`, "already_exists");
}

/** The reference within whose value a key is unique. */
function scopeOf(context: Context, kind: Kind): string | undefined {
  return rulesOf(context, kind.name).keyScope ?? kind.keyScope;
}

function isSibling(scope: string | undefined, one: StoredObject, other: StoredObject): boolean {
  return scope === undefined || one.body[scope] === other.body[scope];
}
