import type { Draft, DraftEntry } from "../draft.js";
import { leastRole, nearestRole } from "../nearest-role.js";
import { offersKind } from "../offers.js";
import { beyond, organizationPowers, ownOf, type Powers, powersText, projectPowers } from "../powers.js";
import type { Way } from "../way.js";
import { permissionsByRole } from "./custom-roles.js";
import type { Translation } from "./translation.js";

/** Kinds of which an object gives a person a role, with where the role is and what it gives. */
const PLACES = [
  ["OrganizationMember", "organization", organizationPowers],
  ["ProjectMember", "project", projectPowers],
] as const;

/** People by what their role may do: each gets the role of the target that comes nearest to the former one and gives no more. */
export const roles: Translation = (draft, way) => {
  const { target } = way;
  const custom = permissionsByRole(way.source);
  const kept = offersKind(target, "Role") ? permissionsByRole(draft.entries("Role")) : new Map();
  for (const [kind, table, powersOf] of PLACES) {
    if (!offersKind(target, kind)) continue;
    const builtIn = Object.keys(target.roles[table]).filter((name) => target.roles[table][name]?.single !== true);
    for (const member of draft.entries(kind)) {
      const source = way.systemOf(draft.originOf(member.name) ?? "");
      const role = String(member.given.role);
      // A role that the stack defines is for those who had it.
      const names = kept.has(role) ? [...builtIn, role] : builtIn;
      const candidates = new Map(names.map((name) => [name, powersOf(target, name, kept) ?? new Set<string>()]));
      if (source !== target) translate(draft, member, { role, before: powersOf(source, role, custom), candidates }, way);
    }
  }
};

interface Former {
  readonly role: string;
  /** What it gave; undefined for a role that nobody knows. */
  readonly before: Powers | undefined;
  readonly candidates: ReadonlyMap<string, Powers>;
}

function translate(draft: Draft, member: DraftEntry, { role, before, candidates }: Former, { target: { title } }: Way): void {
  const nearest = before && nearestRole(role, before, candidates);
  if (before === undefined || nearest === undefined) {
    const why = before === undefined ? `nobody can tell what the role ${role} gives` : leastText(title, role, before, candidates);
    draft.loseWhole(member, { from: role, why, weight: "tighter" });
    return;
  }
  const after = candidates.get(nearest) ?? new Set();
  const [lost, gained] = [ownOf(beyond(before, after)), beyond(after, before)];
  if (nearest === role && lost.length + gained.length === 0) return;
  if (nearest !== role) draft.set(member, "role", nearest);
  const adds = gained.length === 0 ? " that gives no more" : `, which adds: ${powersText(gained)}`;
  const without = lost.length === 0 ? "" : `; without: ${powersText(lost)}`;
  const weight = gained.length > 0 ? ({ weight: "looser" } as const) : lost.length > 0 ? ({ weight: "tighter" } as const) : {};
  const why = `the nearest role of ${title}${adds}${without}`;
  draft.tell(member, { field: "role", result: "translated", from: role, to: nearest, why, ...weight });
}

function leastText(title: string, role: string, before: Powers, candidates: Former["candidates"]): string {
  const least = leastRole(before, candidates);
  if (least === undefined) return `${title} has no role to give`;
  return `every role of ${title} gives more than ${role} did; the least is ${least.name}, which would add: ${powersText(least.more)}. Declare it yourself where that is right`;
}
