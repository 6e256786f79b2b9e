import type { Context } from "../context.js";
import type { StoredObject, Values } from "../store/objects.js";

interface NewObject {
  readonly kind: string;
  readonly owner?: string;
  /** Made up when absent. */
  readonly id?: string;
  readonly body: Values;
  readonly hidden?: Readonly<Record<string, string>>;
  readonly builtIn?: boolean;
}

/** The object as it would be stored now. */
export function draftObject({ profile, store, now }: Pick<Context, "profile" | "store" | "now">, parts: NewObject): StoredObject {
  const at = now.toISOString();
  return {
    owner: "",
    id: parts.id ?? profile.newId(parts.kind, store.objects.everMade()),
    hidden: {},
    builtIn: false,
    createdAt: at,
    updatedAt: at,
    ...parts,
  };
}

/** Stores a new object with its audit entry. Checks nothing. */
export function insertObject(context: Context, parts: NewObject): StoredObject {
  const object = draftObject(context, parts);
  context.store.objects.insert(object);
  const { kind, id, createdAt: at, body: after } = object;
  context.store.audit.append({ at, actor: context.actor.user, action: "create", kind, object: id, after });
  return object;
}
