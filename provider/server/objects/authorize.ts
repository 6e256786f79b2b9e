import type { Kind } from "../../../schema/kind.js";
import type { Context } from "../context.js";
import type { Grant, Verb } from "../profiles/profile.js";
import { forbidden } from "../refusal.js";
import type { Values } from "../store/objects.js";
import { changedProperties } from "./changed-properties.js";

/** What the actor's roles grant: the organization's, and the one in this project. */
export function grantsFor({ store, profile, actor }: Context, project: string | undefined): Grant[] {
  const organization = profile.organizationRoles[actor.role];
  const membership =
    project === undefined ? undefined : store.objects.find("ProjectMember", "user", actor.user, { owner: project, ignoreCase: true })[0];
  const inProject = membership === undefined ? undefined : profile.projectRoles[String(membership.body.role)];
  return [organization, inProject].filter((grant) => grant !== undefined);
}

/** Throws unless one of the actor's roles grants this. `project` is that of the object, if it has one. */
export function authorize(context: Context, verb: Verb, kind: Kind, project: string | undefined): void {
  if (grantsFor(context, project).some((grant) => covers(grant, verb, kind))) return;
  const where = project === undefined ? "in the organization" : `in project ${project}`;
  throw forbidden(`the role "${context.actor.role}" of ${context.actor.user} may not ${verb} ${kind.name} objects ${where}`);
}

/** Throws unless one of the actor's roles grants the change of each changed property. */
export function authorizeProperties(context: Context, kind: Kind, project: string | undefined, before: Values, after: Values): void {
  const grants = grantsFor(context, project).filter((grant) => covers(grant, "update", kind));
  const refused = changedProperties(before, after).filter((property) => !grants.some((grant) => coversProperty(grant, kind, property)));
  if (refused.length === 0) return;
  throw forbidden(`the role "${context.actor.role}" of ${context.actor.user} may not change ${refused.join(", ")} of ${kind.name} objects`);
}

function covers(grant: Grant, verb: Verb, kind: Kind): boolean {
  const kinds = grant[verb];
  return kinds === "*" || (kinds?.includes(kind.name) ?? false);
}

function coversProperty(grant: Grant, kind: Kind, property: string): boolean {
  const { only, except } = grant.properties?.[kind.name] ?? {};
  return (only === undefined || only.includes(property)) && !except?.includes(property);
}
