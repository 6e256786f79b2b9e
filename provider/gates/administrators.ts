import type { Facts, ObjectStep } from "./facts.js";
import { actsAfter, actsBefore, type Membership, membershipsOf } from "./membership.js";
import { oncePerPlane } from "./once-per-plane.js";
import { administers, organizationPowers, type Roles, rolesOn } from "./powers-of-role.js";

/** Who has something in the organization of a control plane, before and after a change. */
export interface Holders {
  /** E-mail addresses. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** The steps by which somebody no longer has it, or newly has it. */
  readonly changedBy: readonly ObjectStep[];
}

/** How many must be able to administer at any time: one who is away, or leaves, must not take the organization along. */
export const ENOUGH_ADMINISTRATORS = 2;

const MEMBER = "OrganizationMember";
const ROLE = "Role";

/** Memberships of the organization of a control plane, with its roles. */
export const organizationOf = oncePerPlane((facts, controlPlane): { readonly members: readonly Membership[]; readonly roles: Roles } => {
  const system = facts.changes.objects.find((step) => step.controlPlane === controlPlane)?.system ?? "gatehouse";
  return { members: membershipsOf(MEMBER, controlPlane, facts), roles: rolesOn(controlPlane, system, facts) };
});

/** Who administers the organization. */
export function administratorsOf(facts: Facts, controlPlane: string): Holders {
  const { roles } = organizationOf(facts, controlPlane);
  return holdersOf(facts, controlPlane, (when, role) => administers(organizationPowers(roles, when, role)));
}

/** Who has each role that other administrators cannot give: once nobody has it, only the vendor can let somebody have it again. */
export function ownersOf(facts: Facts, controlPlane: string): ReadonlyMap<string, Holders> {
  const { table } = organizationOf(facts, controlPlane).roles;
  const guarded = new Set(Object.values(table.organization).flatMap(({ protectedRoles }) => protectedRoles ?? []));
  return new Map([...guarded].map((name) => [name, holdersOf(facts, controlPlane, (_, role) => role === name)]));
}

/** Counts those who can act; somebody who is only invited by this change cannot, and whoever is given a password can. */
function holdersOf(facts: Facts, controlPlane: string, has: (when: "before" | "after", role: unknown) => boolean): Holders {
  const { members } = organizationOf(facts, controlPlane);
  const was = members.filter((member) => actsBefore(member, facts.today) && has("before", member.before?.role));
  const is = members.filter(
    (member) =>
      actsAfter(member, facts.today) && (!member.isNew || member.after?.initialPassword !== undefined) && has("after", member.after?.role),
  );
  const changed = [...was.filter((member) => !is.includes(member)), ...is.filter((member) => !was.includes(member))];
  return {
    before: was.map(({ user }) => user),
    after: is.map(({ user }) => user),
    changedBy: changed.flatMap((member) => causesOf(member, controlPlane, facts)),
  };
}

/** The steps by which a membership gives other powers: its own, else those of its custom role. */
export function causesOf({ before, steps }: Membership, controlPlane: string, { changes }: Facts): readonly ObjectStep[] {
  if (steps.length > 0) return steps;
  return changes.objects.filter(
    (step) =>
      step.kind === ROLE && step.controlPlane === controlPlane && step.operation !== "same" && step.before?.inputs.name === before?.role,
  );
}
