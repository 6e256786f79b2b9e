import { type Kind, ownerField } from "../../schema/kind.js";
import { isInCollection } from "../../schema/places.js";
import { isEnded } from "./is-ended.js";
import { matchesPattern } from "./matches-pattern.js";
import { namesOf, naturalKey } from "./natural-key.js";
import { retiringName } from "./retiring-name.js";

/** A collection from which undeclared objects go: all of them, or those that it names. */
export interface Sweep {
  /** Id of the owner, for kinds that are listed below one and for collections that are nested in one. */
  readonly owner?: string | undefined;
  /** Natural keys of the declared objects. */
  readonly keep: readonly string[];
  /** Patterns on natural keys of objects that may stay undeclared. */
  readonly ignore?: readonly string[] | undefined;
  /** Patterns on natural keys of the objects that go; all that are undeclared when absent. */
  readonly only?: readonly string[] | undefined;
}

/** An object as a control plane lists it. */
interface Listed {
  readonly id: string;
  readonly owner?: string | undefined;
  readonly values: Readonly<Record<string, unknown>>;
  readonly builtIn: boolean;
}

/**
 * True for an object of the collection that nobody declared and that goes. What ended, or was there before anybody, never does, nor does
 * what retires beside a declared object.
 */
export function isSwept(kind: Kind, object: Listed, { owner, keep, ignore = [], only }: Sweep): boolean {
  const key = naturalKey(kind, object);
  const isIn = ownerField(kind) === undefined ? isInCollection(kind, object.values, owner) : object.owner === owner;
  const names = namesOf(kind, object).map((name) => name.toLowerCase());
  const kept = keep.flatMap((one) => [one, retiringName(one, object.id)]).map((one) => one.toLowerCase());
  const isDeclared = kept.some((one) => names.includes(one));
  const isSpared = object.builtIn || isEnded(kind, object.values) || ignore.some((pattern) => matchesPattern(key, pattern));
  return isIn && !isDeclared && !isSpared && (only === undefined || only.some((pattern) => matchesPattern(key, pattern)));
}
