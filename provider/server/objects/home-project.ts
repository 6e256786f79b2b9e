import { type Kind, ownerField } from "../../../schema/kind.js";
import type { Context } from "../context.js";
import { rulesOf } from "../rules/index.js";
import type { StoredObject } from "../store/objects.js";

/** Id of the project that the object belongs to, if it belongs to one: its owner, or the project it names. */
export function homeProject(context: Pick<Context, "profile">, kind: Kind, object: StoredObject): string | undefined {
  const { projectOf } = rulesOf(context, kind.name);
  if (projectOf !== undefined) return projectOf(object);
  const owner = ownerField(kind);
  if (owner !== undefined && kind.fields[owner]?.reference?.kind === "Project") return object.owner;
  return typeof object.body.project === "string" ? object.body.project : undefined;
}

/** Throws when the object belongs to an archived project, which takes no changes. Ending an object is always possible. */
export function refuseArchivedHome(context: Context, kind: Kind, object: StoredObject): void {
  const id = homeProject(context, kind, object);
  if (id === undefined || id === object.id) return;
  const home = context.store.objects.get("Project", id);
  if (home !== undefined) rulesOf(context, "Project").beforeReference?.(home);
}
