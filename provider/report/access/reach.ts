import type { Grant, Holder, PlaneAccess, ProjectPlace } from "./access.js";
import { type CapabilitySet, isCovered, setOf, uncertain, unionOf, within } from "./capability-set.js";
import type { Limit } from "./limit.js";

/** Where a subject can do something: the organization itself, every project, or one. */
export type Place =
  | { readonly in: "organization" }
  | { readonly in: "everyProject" }
  | { readonly in: "project"; readonly project: string };

/** A grant beside the others of a place. */
export interface Way extends Grant {
  /** True for a role in a project that gives nothing there which the subject has not in every project anyway. */
  readonly isShadowed: boolean;
}

/** What a subject can do at a place, by which ways, and what bounds it. */
export interface Reach {
  readonly can: CapabilitySet;
  readonly ways: readonly Way[];
  readonly limits: readonly Limit[];
}

const VIEW = setOf(["view"]);

/** What a holder can do at a place. */
export function reachAt(plane: PlaneAccess, holder: Holder, place: Place): Reach {
  const grants = grantsAt(plane, holder, place);
  const isKey = holder.subject.type === "key";
  return { can: canDoAt(plane, holder, place), ways: grants, limits: isKey ? bindingLimits(plane, holder, place) : holder.limits };
}

/** The capabilities alone, which is all that a comparison of many needs. */
export function canDoAt({ projects }: PlaneAccess, holder: Holder, place: Place): CapabilitySet {
  if (place.in === "organization") return given(holder.organization);
  const everywhere = given(holder.everyProject);
  if (place.in === "everyProject") return everywhere;
  const own = holder.projects.get(place.project);
  return kept(projects.get(place.project), own === undefined ? everywhere : unionOf([everywhere, given(own)]));
}

/** What an archived project leaves. */
export function kept(project: ProjectPlace | undefined, set: CapabilitySet): CapabilitySet {
  const archived = project?.archived ?? "no";
  if (archived === "no") return set;
  const viewed = within(set, VIEW);
  return archived === "yes" ? viewed : unionOf([viewed, uncertain(set)]);
}

function grantsAt({ projects }: PlaneAccess, holder: Holder, place: Place): readonly Way[] {
  const plain = (grant: Grant): Way => ({ ...grant, isShadowed: false });
  if (place.in === "organization") return holder.organization.map(plain);
  if (place.in === "everyProject") return holder.everyProject.map(plain);
  const everywhere = given(holder.everyProject);
  const own = (holder.projects.get(place.project) ?? []).map((grant) => ({
    ...grant,
    isShadowed: holder.subject.type === "person" && isCovered(grant.gives, everywhere),
  }));
  const project = projects.get(place.project);
  return [...holder.everyProject.map(plain), ...own].map((way) => ({ ...way, gives: kept(project, way.gives) }));
}

/** A key's own limits, those of its environment class and of the place; without the limits of a model that the key replaces or lifts. */
function bindingLimits(plane: PlaneAccess, holder: Holder, place: Place): readonly Limit[] {
  const ofProject = place.in === "project" ? (plane.projects.get(place.project)?.limits ?? []) : [];
  const ofEnvironment = plane.environments.get(holder.environment ?? "") ?? [];
  const lifted = new Set(holder.limits.filter(({ rule }) => rule === "lifted").map(({ model }) => model));
  const shared = [...ofEnvironment, ...ofProject, ...plane.limits].filter(({ model }) => model === undefined || !lifted.has(model));
  return [...holder.limits, ...shared];
}

function given(grants: readonly Grant[]): CapabilitySet {
  return unionOf(grants.map(({ gives }) => gives));
}
