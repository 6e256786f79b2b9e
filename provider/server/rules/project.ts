import { slugOf } from "../../../schema/slug.js";
import type { Context } from "../context.js";
import { startOfMonth } from "../gateway/periods.js";
import { insertObject } from "../objects/insert-object.js";
import { conflict, invalid } from "../refusal.js";
import type { StoredObject } from "../store/objects.js";
import type { KindRules } from "./kind-rules.js";

/** A project is named by its slug, can be archived, and goes with all that belongs to it. */
export const project: KindRules = {
  projectOf: (object) => object.id,
  ignoreCase: ["name"],
  beforeReference: refuseArchived,
  beforeCreate(_context, draft) {
    const slug = draft.body.slug ?? slugOf(String(draft.body.name));
    if (slug === "")
      throw invalid([{ property: "slug", reason: "cannot be derived from the name: give one of lower-case letters, digits and hyphens" }]);
    return { ...draft, body: { status: "active", ...draft.body, slug } };
  },
  afterCreate(context, object) {
    const role = context.profile.organizationRoles[context.actor.role]?.projectRoleOfCreator;
    if (role !== undefined) {
      insertObject(context, { kind: "ProjectMember", owner: object.id, body: { user: context.actor.user, role }, builtIn: true });
    }
  },
  beforeUpdate(context, before, after) {
    if (before.body.status === "archived" && after.body.status === "archived") refuseArchived(before);
    if (isDefault(context, before.id) && after.body.status === "archived") throw builtIn("archived");
  },
  beforeDelete(context, object) {
    if (isDefault(context, object.id)) throw builtIn("deleted");
  },
  present: ({ store, now }, object) => ({ totalMonthlySpendUsd: store.usage.spentUsd({ project: object.id }, startOfMonth(now)) }),
};

/** Throws when the project is archived. */
export function refuseArchived(project: StoredObject): void {
  if (project.body.status !== "archived") return;
  throw conflict(`project "${project.body.slug}" is archived and can only be read: make it active first`, "project_archived");
}

function isDefault({ profile }: Context, id: unknown): boolean {
  return id === profile.defaultProject?.id;
}

function builtIn(done: string): Error {
  return conflict(`the Default project is there for requests that name no project and cannot be ${done}`, "built_in");
}
