import { idField, type Kind, ownerField } from "../../../schema/kind.js";
import type { Context } from "../context.js";
import { rulesOf } from "../rules/index.js";
import type { StoredObject, Values } from "../store/objects.js";

/** The object as it is shown: everything but secrets and their hashes. */
export function presentObject(context: Context, kind: Kind, object: StoredObject): Values {
  const owner = ownerField(kind);
  const id = idField(kind);
  return {
    id: object.id,
    ...(owner !== undefined && { [owner]: object.owner }),
    ...object.body,
    ...(id !== undefined && { [id]: object.id }),
    ...rulesOf(context, kind.name).present?.(context, object),
    ...(object.builtIn && { builtIn: true }),
    createdAt: object.createdAt,
    updatedAt: object.updatedAt,
  };
}
