import type { Kind } from "../../../schema/kind.js";
import type { Context } from "../context.js";
import { conflict } from "../refusal.js";
import { rulesOf } from "../rules/index.js";
import type { StoredObject } from "../store/objects.js";
import { authorize } from "./authorize.js";
import { homeProject } from "./home-project.js";
import { labelOf } from "./label-of.js";
import { brokenBy, dependants } from "./references.js";

/** Removes an object and all that belongs to it, or ends it in its kind's own way. Runs in a transaction. */
export function deleteObject(context: Context, kind: Kind, object: StoredObject): void {
  authorize(context, "delete", kind, homeProject(context, kind, object), object);
  const rules = rulesOf(context, kind.name);
  rules.beforeDelete?.(context, object);
  if (rules.endInstead !== undefined) {
    rules.endInstead(context, object);
    return;
  }
  remove(context, kind, object);
  const broken = brokenBy(context, object);
  if (broken === undefined) return;
  const user = labelOf(broken.kind, broken.object);
  throw conflict(`${labelOf(kind, object)} is in use by ${user}: delete or change that first`, rules.inUseCode);
}

/** The owned go first, so that nothing refers to what has gone. */
function remove(context: Context, kind: Kind, object: StoredObject): void {
  const { store, actor, now } = context;
  for (const inner of dependants(store.objects, object)) remove(context, inner.kind, inner.object);
  store.objects.remove(object);
  rulesOf(context, kind.name).afterDelete?.(context, object);
  store.audit.append({
    at: now.toISOString(),
    actor: actor.user,
    action: "delete",
    kind: object.kind,
    object: object.id,
    before: object.body,
  });
}
