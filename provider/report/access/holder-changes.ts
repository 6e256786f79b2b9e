import type { Holder, PlaneAccess } from "./access.js";
import { type AccessChange, type AccessSide, type Direction, NO_ACCESS, type PlaceChange, sideOf } from "./access-change.js";
import { isSame } from "./capability-set.js";
import { directionsOf } from "./directions.js";
import { type Difference, differenceOfLimits } from "./limit.js";
import { canDoAt, kept, type Place, reachAt } from "./reach.js";

/** A subject as it is on one side of a change. */
export interface HolderSide {
  readonly plane: PlaneAccess;
  readonly holder: Holder;
}

interface Both {
  readonly before: HolderSide;
  readonly after: HolderSide;
  readonly limits: Difference;
  /** True for a key that went to another environment class: it left one and entered the other. */
  readonly isElsewhere: boolean;
}

interface Told {
  readonly direction: Direction;
  readonly place: PlaceChange;
}

/** Places that are alike for a subject. */
interface Alike {
  readonly in: PlaceChange["in"];
  /** The places whose ways differ; the first stands for what can be done in all of them. */
  readonly places: readonly [Place, ...Place[]];
  readonly projects: readonly string[];
}

/** What changed for one subject. `archived` holds the projects that were archived or came back, alike ones together, sorted. */
export function holderChanges(before: HolderSide, after: HolderSide, archived: readonly (readonly string[])[]): readonly AccessChange[] {
  const limits = differenceOfLimits(before.holder.limits, after.holder.limits);
  const both = { before, after, limits, isElsewhere: isElsewhere(before.holder, after.holder) };
  const told = [...changedAt(both, IN_ORGANIZATION, []), ...inProjects(both, archived)];
  return DIRECTIONS.flatMap((change) => {
    const places = told.filter(({ direction }) => direction === change).map(({ place }) => place);
    if (places.length === 0) return [];
    const { plane, holder } = change === "lost" ? before : after;
    return [
      { change, subject: holder.subject, urn: holder.urn, owner: holder.owner, controlPlane: plane.name, system: plane.system, places },
    ];
  });
}

const IN_ORGANIZATION: Alike = { in: "organization", places: [{ in: "organization" }], projects: [] };
const IN_EVERY_PROJECT: Alike = { in: "everyProject", places: [{ in: "everyProject" }], projects: [] };
const DIRECTIONS: readonly Direction[] = ["gained", "widened", "lost", "narrowed"];

/** An environment class that nobody knows yet may be the same one. */
function isElsewhere({ environment: was }: Holder, { environment: is }: Holder): boolean {
  return was !== is && was !== "unknown" && is !== "unknown";
}

/** Every project at once, then those in which it is otherwise. */
function inProjects(both: Both, archived: readonly (readonly string[])[]): readonly Told[] {
  const given = new Set([...both.before.holder.projects.keys(), ...both.after.holder.projects.keys()]);
  const others = archived.map((names) => (given.size === 0 ? names : names.filter((name) => !given.has(name))));
  const groups = [...alikeAmong(both, given), ...others.flatMap((names) => otherwise(both, names))];
  const [only, ...more] = groups.map(({ projects }) => projects);
  const except = more.length === 0 ? (only ?? []) : [only, ...more].flatMap((names) => names ?? []).toSorted();
  return [...changedAt(both, IN_EVERY_PROJECT, except), ...groups.flatMap((group) => changedAt(both, group, []))];
}

/** Projects in which something was given, by what can be done there before and after; without those that are as every other one. */
function alikeAmong(both: Both, projects: ReadonlySet<string>): readonly Alike[] {
  const { before, after } = both;
  const alike = new Map<string, [Place, ...Place[]]>();
  for (const project of [...projects].toSorted()) {
    if (isAsEverywhere(both, project)) continue;
    const place = { in: "project", project } as const;
    const was = canDoAt(before.plane, before.holder, place);
    const is = canDoAt(after.plane, after.holder, place);
    const key = [was.sure, was.maybe, is.sure, is.maybe].join();
    const group = alike.get(key);
    if (group === undefined) alike.set(key, [place]);
    else group.push(place);
  }
  return [...alike.values()].map((places) => ({
    in: "projects",
    places,
    projects: places.flatMap((place) => (place.in === "project" ? [place.project] : [])),
  }));
}

/** Projects in which nothing was given, and which are told apart from every other one by having been archived or come back. */
function otherwise(both: Both, names: readonly string[]): readonly Alike[] {
  const [project] = names;
  if (project === undefined || isAsEverywhere(both, project)) return [];
  return [{ in: "projects", places: [{ in: "project", project }], projects: names }];
}

/** True when a project shows nothing but what the subject has, and had, in every project. One that stays archived shows less of it. */
function isAsEverywhere({ before, after }: Both, name: string): boolean {
  const place = { in: "project", project: name } as const;
  const staysAsItIs = before.plane.projects.get(name)?.archived === after.plane.projects.get(name)?.archived;
  return [before, after].every(({ plane, holder }) => {
    const everywhere = canDoAt(plane, holder, { in: "everyProject" });
    return isSame(canDoAt(plane, holder, place), staysAsItIs ? kept(plane.projects.get(name), everywhere) : everywhere);
  });
}

/** What changed at places that are alike, once for each direction. */
function changedAt(both: Both, { in: kind, places, projects }: Alike, except: readonly string[]): readonly Told[] {
  const { before, after, limits } = both;
  const was = canDoAt(before.plane, before.holder, places[0]);
  const is = canDoAt(after.plane, after.holder, places[0]);
  return directionsOf(was, is, limits, both.isElsewhere).map((direction) => {
    const left = direction === "gained" ? NO_ACCESS : sideAt(before, places);
    const entered = direction === "lost" ? NO_ACCESS : sideAt(after, places);
    const environments = environmentsAt(direction === "lost" ? before : after, projects);
    return { direction, place: { in: kind, projects, except, environments, before: left, after: entered } };
  });
}

/** The side of the first place, with the ways of all. */
function sideAt({ plane, holder }: HolderSide, places: readonly Place[]): AccessSide {
  const sides = places.map((place) => sideOf(reachAt(plane, holder, place)));
  return { ...(sides[0] ?? NO_ACCESS), via: [...new Set(sides.flatMap(({ via }) => via))] };
}

function environmentsAt({ plane, holder }: HolderSide, projects: readonly string[]): readonly string[] {
  const isKey = holder.subject.type === "key";
  const classes = isKey ? [holder.environment] : projects.map((project) => plane.projects.get(project)?.environment);
  return [...new Set(classes.filter((one) => one !== undefined))].toSorted();
}
