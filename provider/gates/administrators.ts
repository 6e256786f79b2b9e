import { UNKNOWN } from "../../schema/unknown.js";
import type { Facts, ObjectStep, Values } from "./facts.js";
import { type Membership, membershipsOf } from "./membership.js";
import { administers, organizationPowers, type Roles, rolesOn } from "./powers-of-role.js";

/** Who administers the organization of a control plane, before and after a change. */
export interface Administrators {
  /** E-mail addresses. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** The steps by which somebody no longer does. */
  readonly lostBy: readonly ObjectStep[];
}

const MEMBER = "OrganizationMember";
const ROLE = "Role";

/** Memberships of the organization of a control plane, with its roles. */
export function organizationOf(controlPlane: string, facts: Facts): { readonly members: readonly Membership[]; readonly roles: Roles } {
  const system = facts.changes.objects.find((step) => step.controlPlane === controlPlane)?.system ?? "gatehouse";
  return { members: membershipsOf(MEMBER, controlPlane, facts), roles: rolesOn(controlPlane, system, facts) };
}

/** Counts those who can act: not an invitation that nobody accepted, nor a membership that ran out or may have. */
export function administratorsOf(controlPlane: string, facts: Facts): Administrators {
  const { members, roles } = organizationOf(controlPlane, facts);
  const was = members.filter(({ before }) => acts(before, facts.today) && administers(organizationPowers(roles, "before", before?.role)));
  const is = members.filter(
    ({ after, isNew }) =>
      acts(after, facts.today) &&
      (!isNew || after?.initialPassword !== undefined) &&
      administers(organizationPowers(roles, "after", after?.role)),
  );
  const lost = was.filter((member) => !is.includes(member));
  return {
    before: was.map(({ user }) => user),
    after: is.map(({ user }) => user),
    lostBy: lost.flatMap((member) => causesOf(member, controlPlane, facts)),
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

function acts(values: Values | undefined, today: string): boolean {
  if (values === undefined || values.status === "pending" || values.status === "expired") return false;
  const { expiresAt } = values;
  return expiresAt === undefined || (expiresAt !== UNKNOWN && String(expiresAt) >= today);
}
