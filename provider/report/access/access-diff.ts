import type { Access, Holder, PlaneAccess } from "./access.js";
import type { AccessChange, Direction } from "./access-change.js";
import { holderChanges } from "./holder-changes.js";
import { sharedLimitChanges } from "./shared-limit-changes.js";

const ORDER: readonly Direction[] = ["gained", "widened", "lost", "narrowed"];

/**
 * Who gains, loses, widens or narrows what. One entry for a subject, a control plane and a direction, however many projects it is
 * about: what holds in every project is said once. A new project is no change for those who reach every project.
 */
export function accessDiff(before: Access, after: Access): readonly AccessChange[] {
  const names = new Set([...before.planes.keys(), ...after.planes.keys()]);
  const changes = [...names].flatMap((name) => planeChanges(planeOf(before, after, name), planeOf(after, before, name)));
  return changes.toSorted((a, b) => ORDER.indexOf(a.change) - ORDER.indexOf(b.change));
}

function planeChanges(before: PlaneAccess, after: PlaneAccess): readonly AccessChange[] {
  const archived = projectsArchivedOrBack(before, after);
  const ids = new Set([...before.holders.keys(), ...after.holders.keys()]);
  const ofHolders = [...ids].flatMap((id) => {
    const was = before.holders.get(id);
    const is = after.holders.get(id);
    const someone = is ?? was;
    if (someone === undefined) return [];
    return holderChanges({ plane: before, holder: was ?? without(someone) }, { plane: after, holder: is ?? without(someone) }, archived);
  });
  return [...ofHolders, ...sharedLimitChanges(before, after)];
}

/**
 * A control plane of one side. Projects that only the other side declares stand in it too, as they are there, so that their mere
 * declaration archives nothing.
 */
function planeOf(own: Access, other: Access, name: string): PlaneAccess {
  const there = other.planes.get(name);
  const here = own.planes.get(name);
  return {
    name,
    system: here?.system ?? there?.system ?? "",
    limits: here?.limits ?? [],
    environments: here?.environments ?? new Map(),
    holders: here?.holders ?? new Map(),
    projects: new Map([...(there?.projects ?? []), ...(here?.projects ?? [])]),
  };
}

/** Projects that were archived or came back, sorted, those together that had and have the same status. */
function projectsArchivedOrBack(before: PlaneAccess, after: PlaneAccess): readonly (readonly string[])[] {
  const moved = new Map<string, string[]>();
  for (const name of [...after.projects.keys()].toSorted()) {
    const was = before.projects.get(name)?.archived;
    const is = after.projects.get(name)?.archived;
    if (was === is) continue;
    const move = `${was} ${is}`;
    const alike = moved.get(move);
    if (alike === undefined) moved.set(move, [name]);
    else alike.push(name);
  }
  return [...moved.values()];
}

/** The same subject, with nothing. */
function without({ subject, urn }: Holder): Holder {
  return { subject, urn, owner: undefined, environment: undefined, organization: [], everyProject: [], projects: new Map(), limits: [] };
}
