import type { Problem } from "../../../schema/kind.js";
import type { Context } from "../context.js";
import { randomToken } from "../hashes.js";
import type { LastMemberGuard } from "../profiles/grant.js";
import { conflict } from "../refusal.js";
import type { StoredObject, Values } from "../store/objects.js";
import type { ActionResult, KindRules } from "./kind-rules.js";
import { memberStatus } from "./member-status.js";
import { refuseProtectedRole, roleProblems } from "./roles.js";

const INVITATION_MS = 7 * 24 * 60 * 60 * 1000;
const PASSWORD_LENGTH = 8;

/** A person in the organization. Without a first password the person is invited and joins by accepting. */
export const organizationMember: KindRules = {
  check: (context, after) => [...roleProblems(context, context.profile.organizationRoles, after.role), ...passwordProblems(after)],
  beforeCreate(context, draft) {
    refuseProtectedRole(context, draft);
    const status = draft.hidden.initialPassword === undefined ? "pending" : "active";
    return { ...draft, body: { ...draft.body, status } };
  },
  beforeUpdate(context, before, after) {
    refuseProtectedRole(context, before);
    refuseProtectedRole(context, after);
    keepLastMembers(context, before, after);
  },
  beforeDelete(context, object) {
    refuseProtectedRole(context, object);
    keepLastMembers(context, object, undefined);
  },
  afterDelete: ({ store }, object) => store.credentials.removeAllOf(object.id),
  present: (context, object) => ({ status: memberStatus(context, object) }),
  actions: { invitation: { run: invite } },
};

/** Makes a new invitation code, which ends the former one. Refused for a person who has joined already. */
function invite(context: Context, member: StoredObject): ActionResult {
  refuseProtectedRole(context, member);
  if (member.body.status === "active") throw conflict(`${member.body.user} has joined already: an invitation has no effect`);
  const { store, profile, now } = context;
  const code = randomToken(profile.tokenPrefixes.invitation);
  const expiresAt = new Date(now.getTime() + INVITATION_MS).toISOString();
  store.credentials.removeAllOf(member.id, "invitation");
  store.credentials.add({ purpose: "invitation", secret: code, subject: member.id, now, expiresAt });
  store.audit.append({
    at: now.toISOString(),
    actor: context.actor.user,
    action: "invite",
    kind: member.kind,
    object: member.id,
    after: { expiresAt },
  });
  return { status: 201, object: member, body: { code, expiresAt } };
}

/** Problems of a password that a person is given, by the property that holds it. */
export function passwordProblems(values: Values, property = "initialPassword"): Problem[] {
  const password = values[property];
  if (typeof password !== "string" || password.length >= PASSWORD_LENGTH) return [];
  return [{ property, reason: `must have at least ${PASSWORD_LENGTH} characters` }];
}

function keepLastMembers(context: Context, before: StoredObject, after: StoredObject | undefined): void {
  const active = context.store.objects.ofKind(before.kind).filter((member) => memberStatus(context, member) === "active");
  const rest = [...active.filter((member) => member.id !== before.id), ...(after === undefined ? [] : [after])];
  for (const guard of context.profile.lastMemberGuards) {
    const had = active.some((member) => holds(guard, member));
    const has = rest.some((member) => holds(guard, member) && memberStatus(context, member) === "active");
    if (had && !has) {
      const roles = guard.roles.join(" or ");
      throw conflict(`${before.body.user} is the last active ${roles} of the organization: make somebody else ${roles} first`, guard.code);
    }
  }
}

function holds(guard: LastMemberGuard, member: StoredObject): boolean {
  return guard.roles.includes(String(member.body.role));
}
