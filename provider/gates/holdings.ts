import { kindNamed } from "../../schema/kinds/index.js";
import { objectIds } from "../lifecycle/live-ids.js";
import { ownersOf } from "./belonging.js";
import type { ChangeSet, Facts, ObjectStep, Values } from "./facts.js";
import { liveValues } from "./live-objects.js";
import { oncePerPlane } from "./once-per-plane.js";

/** An object that is at a control plane before the change, by what the stack and the control plane know of it together. */
export interface HeldObject {
  readonly kind: string;
  readonly id: string | undefined;
  readonly values: Values;
  /** What the plan does to it. Undefined for what nobody declared. */
  readonly step: ObjectStep | undefined;
}

/** Everything on one control plane before the change: what the stack holds, and what is there besides. */
export interface Holdings {
  readonly objects: readonly HeldObject[];
  of(kind: string): readonly HeldObject[];
  find(kind: string, id: unknown): HeldObject | undefined;
  /** What belongs to an object itself, without what belongs to that in turn. */
  within(kind: string, id: unknown): readonly HeldObject[];
}

/** The holdings of a control plane. */
export const holdingsOf = oncePerPlane((facts, controlPlane): Holdings => gathered(heldObjects(facts, controlPlane)));

/** Names of the control planes that objects of the plan are on. */
export function planesIn({ objects }: ChangeSet): readonly string[] {
  return [...new Set(objects.map(({ controlPlane }) => controlPlane))];
}

function heldObjects({ changes, live }: Facts, controlPlane: string): readonly HeldObject[] {
  const listed = live[controlPlane]?.objects ?? [];
  const byId = new Map(listed.map((object) => [keyOf(object.kind, object.id), object]));
  const steps = changes.objects.filter((step) => step.controlPlane === controlPlane && step.before !== undefined);
  // The id in the state may be that of a key that was rotated away long ago, and is nobody's any more.
  const declared = new Set(steps.flatMap((step) => [step.before?.id, ...idsOf(step)].map((id) => keyOf(step.kind, id))));
  return [
    ...steps.map((step): HeldObject => {
      const { id, inputs, outputs } = step.before ?? { id: undefined, inputs: {}, outputs: {} };
      const found = byId.get(keyOf(step.kind, idsOf(step)[0]));
      return { kind: step.kind, id, values: { ...inputs, ...outputs, ...(found && liveValues(found)) }, step };
    }),
    ...listed
      .filter(({ kind, id }) => !declared.has(keyOf(kind, id)))
      .map((object): HeldObject => ({ kind: object.kind, id: object.id, values: liveValues(object), step: undefined })),
  ];
}

/** Ids of what the stack's object stands for, the one in use first: a key that is retiring beside it is not undeclared. */
function idsOf({ kind, before }: ObjectStep): readonly string[] {
  const described = kindNamed(kind);
  return before?.id === undefined || described === undefined ? [] : objectIds(described, before.id, before.outputs);
}

function gathered(objects: readonly HeldObject[]): Holdings {
  const byKind = Map.groupBy(objects, ({ kind }) => kind);
  const byId = new Map(objects.map((object) => [keyOf(object.kind, object.id), object]));
  const owned = objects.flatMap((object) =>
    ownersOf(object.kind, object.values).map((owner) => ({ object, key: keyOf(owner.kind, owner.id) })),
  );
  const byOwner = Map.groupBy(owned, ({ key }) => key);
  return {
    objects,
    of: (kind) => byKind.get(kind) ?? [],
    find: (kind, id) => byId.get(keyOf(kind, id)),
    within: (kind, id) => (byOwner.get(keyOf(kind, id)) ?? []).map(({ object }) => object),
  };
}

function keyOf(kind: string, id: unknown): string {
  return `${kind} ${String(id)}`;
}
