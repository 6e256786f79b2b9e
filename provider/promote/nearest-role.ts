import { beyond, MAY_ADD, ownOf, type Powers } from "./powers.js";

/** Powers of the roles that a person may be given, by name. */
export type Candidates = ReadonlyMap<string, Powers>;

/**
 * The role that gives most of what the former one did and no more. Where there is none, one that shows the organization to its member
 * besides. Of two that give as much: the one of the same name, else the one that stands last, as the least do.
 */
export function nearestRole(role: string, before: Powers, candidates: Candidates): string | undefined {
  const best = most(before, within(before, candidates, [])) ?? most(before, within(before, candidates, MAY_ADD));
  if (best === undefined) return undefined;
  const alike = [...candidates].flatMap(([name, powers]) => (isSame(powers, best) ? [name] : []));
  return alike.includes(role) ? role : alike.at(-1);
}

/** The role that would give least beyond the former one, with what that is. */
export function leastRole(before: Powers, candidates: Candidates): { readonly name: string; readonly more: readonly string[] } | undefined {
  return [...candidates]
    .map(([name, powers]) => ({ name, more: beyond(powers, before) }))
    .toSorted((a, b) => a.more.length - b.more.length)[0];
}

function within(before: Powers, candidates: Candidates, allowed: readonly string[]): readonly Powers[] {
  return [...candidates.values()].filter((powers) => beyond(powers, before).every((one) => allowed.includes(one)));
}

function most(before: Powers, all: readonly Powers[]): Powers | undefined {
  const shared = (powers: Powers) => ownOf([...powers]).filter((one) => before.has(one)).length;
  return all.toSorted((a, b) => shared(b) - shared(a))[0];
}

function isSame(a: Powers, b: Powers): boolean {
  return a.size === b.size && beyond(a, b).length === 0;
}
