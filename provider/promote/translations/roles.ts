import type { Draft, DraftEntry } from "../draft.js";
import { offersKind } from "../offers.js";
import { beyond, organizationPowers, type Powers, powersText, projectPowers, SEES_ORGANIZATION } from "../powers.js";
import type { Way } from "../way.js";
import { permissionsByRole } from "./custom-roles.js";
import type { Translation } from "./translation.js";

/** People by what their role may do: each gets the role of the target that comes nearest to the former one and gives no more. */
export const roles: Translation = (draft, way) => {
  const custom = permissionsByRole(way.source);
  const kept = permissionsByRole(draft.entries("Role"));
  const places = [
    ["OrganizationMember", "organization", organizationPowers],
    ["ProjectMember", "project", projectPowers],
  ] as const;
  for (const [kind, table, powersOf] of places) {
    if (!offersKind(way.target, kind)) continue;
    const candidates = [...Object.keys(way.target.roles[table]), ...kept.keys()];
    const powers = new Map(candidates.map((name) => [name, powersOf(way.target, name, kept) ?? new Set<string>()]));
    for (const member of draft.entries(kind)) {
      const source = way.systemOf(draft.originOf(member.name) ?? "");
      if (source === way.target) continue;
      const role = String(member.given.role);
      translate(draft, member, role, powersOf(source, role, custom), powers, way);
    }
  }
};

function translate(
  draft: Draft,
  member: DraftEntry,
  role: string,
  before: Powers | undefined,
  powers: ReadonlyMap<string, Powers>,
  way: Way,
) {
  const { title } = way.target;
  if (before === undefined) {
    const why = `nobody can tell what the role ${role} lets its holders do, so that any role of ${title} could be more`;
    return draft.loseWhole(member, { from: role, why, weight: "tighter" });
  }
  const nearest = nearestOf(role, before, powers);
  if (nearest === undefined) {
    const { name, more } = leastOf(before, powers);
    const why = `every role of ${title} would give more than ${role} did; the least is ${name}, which would add: ${powersText(more)}. Declare it yourself if that is right`;
    draft.loseWhole(member, { from: role, why, weight: "tighter" });
    return;
  }
  const after = powers.get(nearest) ?? new Set();
  const [lost, gained] = [beyond(before, after), beyond(after, before)];
  if (nearest === role && lost.length === 0 && gained.length === 0) return;
  if (nearest !== role) draft.set(member, "role", nearest);
  const words = [
    gained.length === 0
      ? `the nearest role of ${title} that gives no more`
      : `the nearest role of ${title}, which adds: ${powersText(gained)}`,
    ...(lost.length === 0 ? [] : [`without: ${powersText(lost)}`]),
  ];
  const why = words.join("; ");
  const weight = gained.length > 0 ? ({ weight: "looser" } as const) : lost.length > 0 ? ({ weight: "tighter" } as const) : {};
  draft.tell(member, { field: "role", result: "translated", from: role, to: nearest, why, ...weight });
}

/** The role that gives most of what the former one did and no more. Of two that give as much: the one of the same name, else the lesser. */
function nearestOf(role: string, before: Powers, powers: ReadonlyMap<string, Powers>): string | undefined {
  const within = (allowed: readonly string[]) =>
    [...powers]
      .filter(([, after]) => beyond(after, before).every((one) => allowed.includes(one)))
      .toSorted(([nameA, a], [nameB, b]) => shared(b, before) - shared(a, before) || Number(nameB === role) - Number(nameA === role));
  const none = within([]);
  const best = none[0] ?? within([SEES_ORGANIZATION])[0];
  if (best === undefined) return undefined;
  const ties = [...powers].filter(([, after]) => sameAs(after, best[1]));
  return ties.some(([name]) => name === role) ? role : ties.at(-1)?.[0];
}

function leastOf(before: Powers, powers: ReadonlyMap<string, Powers>): { readonly name: string; readonly more: readonly string[] } {
  const [least] = [...powers]
    .map(([name, after]) => ({ name, more: beyond(after, before) }))
    .toSorted((a, b) => a.more.length - b.more.length);
  return least ?? { name: "none", more: [] };
}

function shared(after: Powers, before: Powers): number {
  return [...after].filter((one) => before.has(one)).length;
}

function sameAs(a: Powers, b: Powers): boolean {
  return a.size === b.size && beyond(a, b).length === 0;
}
