import type { Capability } from "../../../schema/systems/roles.js";
import type { Subject } from "./access.js";
import { capabilitiesOf } from "./capability-set.js";
import type { Limit } from "./limit.js";
import type { Reach } from "./reach.js";

export type Direction = "gained" | "lost" | "widened" | "narrowed";

/** Access at a place, before a change or after it. */
export interface AccessSide {
  readonly capabilities: readonly Capability[];
  /** Capabilities that it may have besides: something about them is known after apply only, or nobody knows the role. */
  readonly maybe: readonly Capability[];
  readonly limits: readonly Limit[];
  /** Every way by which the capabilities are given. */
  readonly via: readonly string[];
}

/** Where something changed, and how. */
export interface PlaceChange {
  readonly in: "organization" | "everyProject" | "projects";
  /** The projects, for `projects`. */
  readonly projects: readonly string[];
  /** For `everyProject`: projects in which it is otherwise. What changes there, if anything does, stands in a place of its own. */
  readonly except: readonly string[];
  /** Environment classes that it is about, where any are known. */
  readonly environments: readonly string[];
  readonly before: AccessSide;
  readonly after: AccessSide;
}

/**
 * What changed for one subject on one control plane, in one direction. A role that is exchanged for one that gives some things more
 * and others less is told twice, as widened and as narrowed.
 */
export interface AccessChange {
  readonly change: Direction;
  readonly subject: Subject;
  /** Of a key. */
  readonly urn: string | undefined;
  /** Person who answers for a key. */
  readonly owner: string | undefined;
  readonly controlPlane: string;
  readonly system: string;
  readonly places: readonly PlaceChange[];
}

export const NO_ACCESS: AccessSide = { capabilities: [], maybe: [], limits: [], via: [] };

/** Limits bound nothing where nothing can be done. */
export function sideOf({ can, ways, limits }: Reach): AccessSide {
  const { sure, maybe } = capabilitiesOf(can);
  if (sure.length + maybe.length === 0) return NO_ACCESS;
  return { capabilities: sure, maybe, limits, via: [...new Set(ways.map(({ via }) => via))] };
}
