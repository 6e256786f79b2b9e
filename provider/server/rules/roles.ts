import type { Problem } from "../../../schema/kind.js";
import type { Context } from "../context.js";
import { grantsFor } from "../objects/authorize.js";
import type { Grant } from "../profiles/grant.js";
import { forbidden } from "../refusal.js";
import type { StoredObject } from "../store/objects.js";

/** Refuses roles that nobody defined: neither the profile nor, as a custom role, the organization. */
export function roleProblems({ store }: Pick<Context, "store">, roles: Readonly<Record<string, Grant>>, role: unknown): Problem[] {
  if (typeof role !== "string" || Object.hasOwn(roles, role)) return [];
  const custom = store.objects.ofKind("Role").map(({ body }) => String(body.name));
  if (custom.includes(role)) return [];
  return [{ property: "role", reason: `there is no role "${role}": use one of ${[...Object.keys(roles), ...custom].join(", ")}` }];
}

/** Refuses to give, change or take away a role that none of the actor's grants reaches. `project` is that of the membership. */
export function refuseProtectedRole(context: Context, member: StoredObject, project?: string): void {
  const role = String(member.body.role);
  const writing = grantsFor(context, project).filter((grant) => grant.update === "*" || grant.update?.includes(member.kind));
  if (writing.every((grant) => grant.protectedRoles?.[member.kind]?.includes(role))) {
    throw forbidden(`your role does not reach members with the role "${role}": ask somebody who holds it`);
  }
}
