import type { Kind } from "../../../schema/kind.js";
import type { Context } from "../context.js";
import type { Grant, Verb } from "../profiles/grant.js";
import { forbidden } from "../refusal.js";
import type { StoredObject, Values } from "../store/objects.js";
import { changedProperties } from "./changed-properties.js";
import { customGrant } from "./custom-grants.js";

/** What the actor's roles grant: the organization's, and the one in this project. */
export function grantsFor(context: Context, project: string | undefined): Grant[] {
  const { store, profile, actor } = context;
  const organization = grantNamed(context, profile.organizationRoles, actor.role);
  const membership =
    project === undefined ? undefined : store.objects.find("ProjectMember", "user", actor.user, { owner: project, ignoreCase: true })[0];
  const inProject = membership === undefined ? undefined : grantNamed(context, profile.projectRoles, membership.body.role);
  return [organization, inProject].filter((grant) => grant !== undefined);
}

/** What a role grants: the profile's own, else a custom one. */
function grantNamed(context: Context, roles: Readonly<Record<string, Grant>>, role: unknown): Grant | undefined {
  const name = String(role);
  return Object.hasOwn(roles, name) ? roles[name] : customGrant(context, name);
}

/** True when one of the actor's roles in the organization reads what is recorded of it. */
export function readsAudit(context: Context): boolean {
  return grantsFor(context, undefined).some((grant) => grant.readsAudit === true);
}

/** Throws unless one of the actor's roles grants this. `project` is that of the object, if it has one. */
export function authorize(context: Context, verb: Verb, kind: Kind, project: string | undefined, object?: StoredObject): void {
  if (grantsFor(context, project).some((grant) => covers(grant, verb, kind) || coversOwn(context, grant, verb, kind, object))) return;
  const where = project === undefined ? "in the organization" : `in project ${project}`;
  throw forbidden(`the role "${context.actor.role}" of ${context.actor.user} may not ${verb} ${kind.name} objects ${where}`);
}

/** True when one of the actor's roles lets it read this. */
export function mayRead(context: Context, kind: Kind, project: string | undefined, object?: StoredObject): boolean {
  return grantsFor(context, project).some((grant) => covers(grant, "read", kind) || coversOwn(context, grant, "read", kind, object));
}

/** True when lists hold what the actor's memberships reach, be it nothing. */
export function listsOwn({ profile, actor }: Context): boolean {
  return profile.organizationRoles[actor.role]?.listsOwn === true;
}

/** True when a role in one project at least lets the actor read such objects there: a list then holds those and no others. */
export function readsInSomeProject(context: Context, kind: Kind): boolean {
  const { store, profile, actor } = context;
  const memberships = store.objects.find("ProjectMember", "user", actor.user, { ignoreCase: true });
  return memberships.some(({ body }) => {
    const grant = grantNamed(context, profile.projectRoles, body.role);
    return grant !== undefined && (covers(grant, "read", kind) || grant.own?.[kind.name] !== undefined);
  });
}

/** Throws unless one of the actor's roles grants the change of each changed property. */
export function authorizeProperties(context: Context, kind: Kind, project: string | undefined, object: StoredObject, after: Values): void {
  const before = object.body;
  const reaches = (grant: Grant) => covers(grant, "update", kind) || coversOwn(context, grant, "update", kind, object);
  const grants = grantsFor(context, project).filter(reaches);
  const refused = changedProperties(before, after).filter((property) => !grants.some((grant) => coversProperty(grant, kind, property)));
  if (refused.length === 0) return;
  throw forbidden(`the role "${context.actor.role}" of ${context.actor.user} may not change ${refused.join(", ")} of ${kind.name} objects`);
}

function covers(grant: Grant, verb: Verb, kind: Kind): boolean {
  const kinds = grant[verb];
  return kinds === "*" || (kinds?.includes(kind.name) ?? false);
}

/** What the holder makes will be the holder's own. */
function coversOwn({ actor }: Context, { own }: Grant, verb: Verb, kind: Kind, object: StoredObject | undefined): boolean {
  const property = own?.[kind.name];
  if (property === undefined) return false;
  return verb === "create" || String(object?.body[property]).toLowerCase() === actor.user.toLowerCase();
}

function coversProperty(grant: Grant, kind: Kind, property: string): boolean {
  const { only, except } = grant.properties?.[kind.name] ?? {};
  return (only === undefined || only.includes(property)) && !except?.includes(property);
}
