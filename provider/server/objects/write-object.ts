import type { Context } from "../context.js";
import type { StoredObject, Values } from "../store/objects.js";

/** Stores a changed object with its audit entry, which names the action. Checks nothing. */
export function writeObject(context: Context, action: string, before: StoredObject, body: Values): StoredObject {
  const at = context.now.toISOString();
  const after: StoredObject = { ...before, body, updatedAt: at };
  context.store.objects.update(after);
  context.store.audit.append({
    at,
    actor: context.actor.user,
    action,
    kind: before.kind,
    object: before.id,
    before: before.body,
    after: body,
  });
  return after;
}
