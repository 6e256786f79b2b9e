import type { Field, Reference } from "../../schema/field.js";
import type { Kind } from "../../schema/kind.js";
import { KIND_LIST } from "../../schema/kinds/index.js";
import type { Values } from "../lifecycle/values.js";
import { type Target, targetsAmong } from "../stackfile/index.js";

/** What a stack calls the objects of one control plane. */
export interface Names {
  /** Keys that lead to the entry of the object of this kind and id; undefined where the stack has none. */
  pathOf(kind: string, id: string): readonly string[] | undefined;
  /**
   * What to write where an object is referred to, for something nested in the object of the id `owner`. Undefined where the stack
   * declares no such object, or where every word for it means another one.
   */
  textFor(reference: Reference, value: string, owner: string | undefined): string | undefined;
}

/** An object that an entry declares, or will declare. */
export interface NamedObject {
  readonly kind: Kind;
  /** Id at the control plane. */
  readonly id: string;
  /** Id of the object that its entry is nested in. */
  readonly owner: string | undefined;
  readonly path: readonly string[];
  /** Field that the last key of the path gives; undefined for a single object. */
  readonly keyField: string | undefined;
  /** What the entry says, the key included, with ids in the place of names. */
  readonly given: Values;
}

/** Kinds that others are nested in. */
const OWNERS: ReadonlySet<string | undefined> = new Set(KIND_LIST.flatMap(({ stackFile }) => stackFile.map(({ under }) => under)));

interface Named extends Target<Named> {
  readonly object: NamedObject;
}

/** Names by the entries of a stack, as its references are read. */
export function namesAmong(objects: readonly NamedObject[]): Names {
  const named = new Map<string, Named>();
  const ownersFirst = objects.toSorted((a, b) => a.path.length - b.path.length);
  for (const object of ownersFirst) named.set(idOf(object.kind.name, object.id), namedOf(object, named));
  const all = [...named.values()];
  const targets = targetsAmong(all);
  return {
    pathOf: (kind, id) => named.get(idOf(kind, id))?.object.path,
    textFor(reference, value, owner) {
      const scope = all.find(({ kind, object }) => object.id === owner && OWNERS.has(kind.name));
      const meant = all.filter((one) => one.kind.name === reference.kind && isMeant(one, reference, value));
      const words = meant.flatMap((one) => [one.key, one.given[reference.by]].map((word) => ({ one, word })));
      const found = words.find(({ one, word }) => typeof word === "string" && targets.find(reference, word, scope) === one);
      if (found !== undefined) return String(found.word);
      const isFree = reference.soft && targets.find(reference, value, scope) === undefined;
      return isFree ? value : undefined;
    },
  };
}

function namedOf(object: NamedObject, known: ReadonlyMap<string, Named>): Named {
  const { kind, keyField, given, path } = object;
  const owner = kind.stackFile.map(({ under }) => under).find((under) => under !== undefined);
  return {
    kind,
    key: keyField === undefined ? undefined : path.at(-1),
    keyField,
    owner: owner === undefined || object.owner === undefined ? undefined : known.get(idOf(owner, object.owner)),
    given,
    object,
  };
}

function isMeant({ kind, object, given }: Named, { by }: Reference, value: string): boolean {
  return by === "id" ? object.id === value : isSame(kind.fields[by], given[by], value);
}

function isSame(field: Field | undefined, a: unknown, b: string): boolean {
  if (typeof a !== "string") return false;
  return a === b || (field?.flags.caseInsensitive === true && a.toLowerCase() === b.toLowerCase());
}

function idOf(kind: string, id: string): string {
  return `${kind}\n${id}`;
}
