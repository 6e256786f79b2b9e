import type { PlacedKind } from "../../schema/places.js";
import type { Adapter } from "../adapters/adapter.js";
import { specialised } from "../adapters/support.js";
import type { Values } from "../lifecycle/values.js";
import { declaredValues, liveValues } from "./declared-values.js";
import { type DeclaredEntry, declaredEntry } from "./entry.js";
import { freeKey, isTheValue, preferredKey } from "./key.js";
import { declarable, type LeftOut, type Listed, leftOut } from "./left-out.js";
import { type NamedObject, namesAmong } from "./names.js";
import { ownerIdAt, placeOf } from "./place.js";

/** A live object with the entry that declares it. */
export interface ExportedObject extends Listed {
  readonly entry: DeclaredEntry;
}

export interface Exported {
  /** Owners before what is nested in them, kinds in their own order. */
  readonly objects: readonly ExportedObject[];
  readonly leftOut: readonly LeftOut[];
}

interface ExportOptions {
  /** Today as `2026-11-21`. */
  readonly today: string;
  /** What the stack declares already: its words stay as they are, and new ones keep clear of them. */
  readonly declared?: readonly NamedObject[];
  readonly isDeclared?: (listed: Listed) => boolean;
}

/** Entries for everything that is there and that a declaration can take over as it is; the rest, with the reason. */
export function exportedObjects(
  adapter: Adapter,
  listed: readonly Listed[],
  { today, declared = [], isDeclared = () => false }: ExportOptions,
): Exported {
  const { kept, leftOut: over } = declarable(listed, today);
  const dropped = over.filter((one) => !isDeclared(one));
  let candidates = named(
    adapter,
    kept.filter((one) => !isDeclared(one)),
    declared,
  );
  for (;;) {
    const names = namesAmong([...declared, ...candidates.map(({ object }) => object)]);
    const variable = freeVariables();
    const objects = candidates.map(({ kind, remote, key }) => ({
      kind,
      remote,
      entry: declaredEntry(adapter, kind, remote, names, { key, variable }),
    }));
    const refused = new Set(objects.filter(({ entry }) => entry.problems.length > 0).map(({ remote }) => remote));
    if (refused.size === 0) return { objects, leftOut: dropped };
    // What refers to one that is left out must go too, which the next round finds.
    dropped.push(...objects.filter(({ remote }) => refused.has(remote)).map((one) => leftOut(one, whyRefused(one))));
    candidates = candidates.filter(({ remote }) => !refused.has(remote));
  }
}

function whyRefused({ entry }: ExportedObject): string {
  const told = entry.problems.map(({ property, reason }) => `${property} ${reason}`.trim());
  return `cannot be declared as it is: ${[...new Set(told)].join("; ")}`;
}

interface Candidate extends Listed {
  readonly key: string | undefined;
  readonly object: NamedObject;
}

/** Finds a place and a key for each object, owners first, since paths begin with theirs. */
function named(adapter: Adapter, listed: readonly Listed[], declared: readonly NamedObject[]): readonly Candidate[] {
  const paths = new Map(declared.map(({ kind, id, path }) => [`${kind.name}\n${id}`, path]));
  const taken = new Map<string, Set<string>>();
  for (const { path } of declared) takenIn(taken, path.slice(0, -1)).add((path.at(-1) ?? "").toLowerCase());
  return listed.flatMap(({ kind, remote }) => {
    const own = specialised(adapter, kind);
    const live = liveValues(own, remote);
    const placed = placeOf(own, live);
    if (placed === undefined) return [];
    const owner = ownerIdAt(placed, live);
    const above = placed.place.under === undefined ? [] : (paths.get(`${placed.place.under}\n${owner}`) ?? []);
    const collection = [...above, ...placed.place.at];
    const key = keyFor(placed, live, takenIn(taken, collection));
    const path = key === undefined ? collection : [...collection, key];
    paths.set(`${kind.name}\n${remote.id}`, path);
    const given = givenBy(placed, key, declaredValues(adapter, own, remote));
    return [{ kind, remote, key, object: { kind: own, id: remote.id, owner, path, keyField: placed.place.keyField, given } }];
  });
}

function keyFor(placed: PlacedKind, live: Values, taken: Set<string>): string | undefined {
  const wanted = preferredKey(placed, live);
  const field = placed.kind.fields[placed.place.keyField ?? ""];
  const key = wanted === undefined || field === undefined || isTheValue(field) ? wanted : freeKey(wanted, taken);
  if (key !== undefined) taken.add(key.toLowerCase());
  return key;
}

function givenBy({ place }: PlacedKind, key: string | undefined, values: Values): Values {
  return place.keyField === undefined ? values : { [place.keyField]: key, ...values };
}

function takenIn(taken: Map<string, Set<string>>, collection: readonly string[]): Set<string> {
  const at = collection.join("\n");
  const keys = taken.get(at) ?? new Set<string>();
  taken.set(at, keys);
  return keys;
}

/** Gives each secret a variable of its own. */
function freeVariables(): (usual: string) => string {
  const taken = new Set<string>();
  return (usual) => {
    let variable = usual;
    for (let number = 2; taken.has(variable); number++) variable = `${usual}_${number}`;
    taken.add(variable);
    return variable;
  };
}
