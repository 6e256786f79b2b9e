import type { ObjectChange, PropertyChange } from "../plan/changes.js";
import type { DueRotation } from "../rotation/due.js";

export type Values = Readonly<Record<string, unknown>>;

/** `same`: the run leaves it alone. Gates count it among what there is. */
export type Operation = ObjectChange["operation"] | "same";

/** What the engine plans for one object of a stack, or for one of its control planes. */
export interface ObjectStep {
  /** Name of the kind; `CONTROL_PLANE` for a control plane. */
  readonly kind: string;
  /** Logical name, as the preview prints it. */
  readonly name: string;
  readonly urn: string;
  readonly system: string;
  /** Name of the control plane that the object is on. */
  readonly controlPlane: string;
  readonly operation: Operation;
  /** True when the stack held the object before this run. */
  readonly managed: boolean;
  /** The object as it is now; of an adoption, as the control plane holds it. Undefined for what is not there. */
  readonly before: ObjectBefore | undefined;
  /** The inputs it will have. Undefined when it ends or leaves the stack. Unknown values are `UNKNOWN` of schema/unknown.ts. */
  readonly after: Values | undefined;
  readonly properties: readonly PropertyChange[];
  /** The step of a rotation that an update makes. */
  readonly rotation?: DueRotation;
  /** The day with which it ended (`2026-11-20`), where it goes because an earlier run recorded that: it was judged, and announced, then. */
  readonly endedOn?: string;
}

export interface ObjectBefore {
  readonly id: string | undefined;
  readonly inputs: Values;
  readonly outputs: Values;
}

export const CONTROL_PLANE = "ControlPlane";

/** A plan, object by object. */
export interface ChangeSet {
  /** Every object of the plan once, those without a change too, and the undeclared ones that an exclusive collection removes. */
  readonly objects: readonly ObjectStep[];
  /** Every control plane of the plan once. Their inputs are the provider's configuration (`gatehouse:url`). */
  readonly controlPlanes: readonly ObjectStep[];
}

/** An object as a control plane lists it, declared or not. */
export interface LiveObject {
  readonly kind: string;
  /** Id as the state would hold it. */
  readonly id: string;
  /** Id of the owner, for kinds that are listed below one. */
  readonly owner?: string | undefined;
  readonly values: Values;
  /** There before anybody declared it. */
  readonly builtIn: boolean;
}

/** A control plane as it is now. */
export interface LivePlane {
  /** E-mail address of the identity that the run acts as, where the system says. */
  readonly actor: string | undefined;
  readonly objects: readonly LiveObject[];
}

/** By the name of the control plane. One that cannot be listed, because a person is the way to it, is absent. */
export type LiveState = Readonly<Record<string, LivePlane>>;

/** Everything a gate judges by. */
export interface Facts {
  readonly changes: ChangeSet;
  readonly live: LiveState;
  readonly operation: "up" | "destroy" | "reconcile";
  /** Today as `2026-11-21`, UTC. */
  readonly today: string;
}

/** True when the object ends at its control plane, as such: what is released or replaced does not count. */
export function isDeletion(step: ObjectStep): boolean {
  return step.operation === "delete";
}

/** True when the object that is there now ends, be it that another one takes its place. */
export function isEnding(step: ObjectStep): boolean {
  return step.operation === "delete" || step.operation === "replace";
}
