import type { Capability } from "../../../schema/systems/roles.js";
import type { Access, Holder, PlaneAccess, Subject } from "./access.js";
import { capabilitiesOf } from "./capability-set.js";
import type { Limit } from "./limit.js";
import { bySubject, placesOf } from "./places.js";
import { type Place, reachAt } from "./reach.js";

/** What one subject can do at one place. */
export interface AccessRow {
  readonly subject: Subject;
  /** Person who answers for a key. */
  readonly owner: string | undefined;
  readonly controlPlane: string;
  readonly system: string;
  readonly in: Place["in"];
  /** The project, for `project`. */
  readonly project: string | undefined;
  readonly isArchived: boolean;
  /** Environment class of the key, or of the project. `unknown` when only an apply will know. */
  readonly environment: string | undefined;
  readonly capabilities: readonly Capability[];
  readonly maybe: readonly Capability[];
  readonly limits: readonly Limit[];
  readonly ways: readonly { readonly via: string; readonly addsNothing: boolean }[];
}

export interface Selection {
  /** E-mail address of a person, or name of a key, without regard to case. Everybody when absent. */
  readonly who?: string | undefined;
  /** Slug, name or path of a project: what each subject can do in it, by whatever way. Everything when absent. */
  readonly project?: string | undefined;
}

/**
 * Rows for a table, sorted by control plane, people before keys, and name. Without a project, what a subject has in every project is one
 * row, and projects have rows of their own only where something was given in them.
 */
export function accessMatrix(access: Access, { who, project }: Selection = {}): readonly AccessRow[] {
  return [...access.planes.values()].flatMap((plane) => {
    const holders = [...plane.holders.values()].filter(({ subject }) => who === undefined || same(subject.name, who)).toSorted(bySubject);
    if (project === undefined) return holders.flatMap((holder) => placesOf(holder).flatMap((place) => rowsAt(plane, holder, place)));
    const name = projectCalled(plane, project);
    return holders.flatMap((holder) => rowsAt(plane, holder, { in: "project", project: name }));
  });
}

/** No row where nothing was given. A role that gives nothing has one: it must be seen that it does. */
function rowsAt(plane: PlaneAccess, holder: Holder, place: Place): readonly AccessRow[] {
  const { can, ways, limits } = reachAt(plane, holder, place);
  if (ways.length === 0) return [];
  const { sure, maybe } = capabilitiesOf(can);
  const project = place.in === "project" ? plane.projects.get(place.project) : undefined;
  return [
    {
      subject: holder.subject,
      owner: holder.owner,
      controlPlane: plane.name,
      system: plane.system,
      in: place.in,
      project: place.in === "project" ? place.project : undefined,
      isArchived: project?.archived === "yes",
      environment: holder.subject.type === "key" ? holder.environment : project?.environment,
      capabilities: sure,
      maybe,
      limits,
      ways: ways.map(({ via, isShadowed }) => ({ via, addsNothing: isShadowed })),
    },
  ];
}

function projectCalled({ projects }: PlaneAccess, called: string): string {
  const found = [...projects.values()].find(({ name, aliases }) => [name, ...aliases].some((one) => same(one, called)));
  return found?.name ?? called;
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
