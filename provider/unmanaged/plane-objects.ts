import { liveObjectOf, liveValues, ownersOf, sameByName } from "../gates/index.js";
import { isEnded } from "../lifecycle/is-ended.js";
import type { ListedObject, PlaneQuestion } from "./question.js";

/** What is at one control plane, told apart by whether the stack has it. */
export interface PlaneObjects {
  /** With the logical names that the stack gives them. */
  readonly managed: readonly ManagedObject[];
  /** What nobody declared, and what was there before anybody. What has ended is history and counts as neither. */
  readonly undeclared: readonly ListedObject[];
  /** The object that another one belongs to, such as its project. */
  ownerOf(object: ListedObject): ListedObject | undefined;
  /** Logical name of an object; undefined of one that nobody declared. */
  nameOf(object: ListedObject): string | undefined;
}

export interface ManagedObject extends ListedObject {
  readonly name: string;
}

export function planeObjects({ objects, held, declared }: Pick<PlaneQuestion, "objects" | "held" | "declared">): PlaneObjects {
  const byId = new Map(objects.map((object) => [keyOf(object.kind.name, object.remote.id), object]));
  const heldNames = new Map(held.flatMap(({ kind, name, ids }) => ids.map((id) => [keyOf(kind, id), name] as const)));
  const declaredOf = Map.groupBy(declared, ({ kind }) => kind);
  const nameOf = (object: ListedObject) => {
    const { kind, id } = object;
    const known = heldNames.get(keyOf(kind.name, id));
    if (known !== undefined) return known;
    const values = valuesOf(object);
    return declaredOf.get(kind.name)?.find(({ inputs }) => sameByName(kind.name, inputs, values))?.name;
  };
  const present = objects.filter(({ kind, remote }) => !kind.singleton && !isEnded(kind, remote.values));
  const named = present.map((object) => ({ object, name: nameOf(object) }));
  return {
    managed: named.flatMap(({ object, name }) => (name === undefined ? [] : [{ ...object, name }])),
    undeclared: named.flatMap(({ object, name }) => (name === undefined ? [object] : [])),
    ownerOf: (object) => ownersOf(object.kind.name, valuesOf(object)).map(({ kind, id }) => byId.get(keyOf(kind, String(id))))[0],
    nameOf,
  };
}

/** Values of a listed object, the reference to its owner included. */
export function valuesOf(object: ListedObject): Readonly<Record<string, unknown>> {
  return liveValues(liveObjectOf(object));
}

function keyOf(kind: string, id: string): string {
  return `${kind}\n${id}`;
}
