import type { Adapter } from "../adapters/adapter.js";
import { type DeclaredEntry, declaredEntry } from "../export/entry.js";
import { freeKey } from "../export/key.js";
import { type NamedObject, type Names, namesAmong } from "../export/names.js";
import { ownerIdAt, placeOf } from "../export/place.js";
import { type ManagedObject, type PlaneObjects, valuesOf } from "./plane-objects.js";
import type { ListedObject } from "./question.js";

/** How an undeclared object would be declared. */
export interface Adoption {
  readonly entry: DeclaredEntry;
  /** True where the entry stands in, or refers to, what nobody declared either. */
  readonly needsOthers: boolean;
}

/** The entries that would declare what nobody declared at a control plane, under keys that are free. */
export function adoptions(
  adapter: Adapter,
  { managed, undeclared, ownerOf }: PlaneObjects,
  controlPlane: string,
): ReadonlyMap<ListedObject, Adoption> {
  const named = namedInStack(managed, controlPlane);
  const taken = new Set(named.map(({ path }) => placeText(path)));
  const isNested = (object: ListedObject) => ownerOf(object) !== undefined;
  const drafts = new Map<ListedObject, DeclaredEntry>();
  const inStack = namesAmong(named);
  for (const objects of [undeclared.filter((one) => !isNested(one)), undeclared.filter(isNested)]) {
    const names = namesAmong(named);
    for (const object of objects) {
      const entry = freeEntry(adapter, object, names, taken);
      taken.add(placeText(entry.path));
      drafts.set(object, entry);
      named.push(namedObject(object, entry.path, entry.declared));
    }
  }
  const all = namesAmong(named);
  return new Map(
    [...drafts].map(([object, draft]) => {
      const { kind, remote } = object;
      const key = placeOf(kind, valuesOf(object))?.place.keyField === undefined ? undefined : draft.path.at(-1);
      const entry = draft.problems.length === 0 ? draft : declaredEntry(adapter, kind, remote, all, { key });
      const needsOthers = declaredEntry(adapter, kind, remote, inStack, { key }).problems.length > entry.problems.length;
      return [object, { entry, needsOthers }];
    }),
  );
}

function freeEntry(adapter: Adapter, { kind, remote }: ListedObject, names: Names, taken: ReadonlySet<string>): DeclaredEntry {
  const usual = declaredEntry(adapter, kind, remote, names);
  const [key, above] = [usual.path.at(-1), usual.path.slice(0, -1)];
  if (key === undefined || !taken.has(placeText(usual.path))) return usual;
  const siblings = new Set(
    [...taken].filter((one) => one.startsWith(`${placeText(above)}\n`)).map((one) => one.slice(placeText(above).length + 1)),
  );
  return declaredEntry(adapter, kind, remote, names, { key: freeKey(key, siblings) });
}

function placeText(path: readonly string[]): string {
  return path.join("\n").toLowerCase();
}

/** The objects of a stack file by the keys that lead to them, those that others are nested in first. */
function namedInStack(managed: readonly ManagedObject[], controlPlane: string): NamedObject[] {
  const paths = new Map<string, readonly string[]>();
  return managed
    .toSorted((a, b) => depth(a) - depth(b))
    .flatMap((object) => {
      const path = pathOf(object, controlPlane, paths);
      if (path === undefined) return [];
      paths.set(object.remote.id, path);
      return [namedObject(object, path, valuesOf(object))];
    });
}

function depth(object: ListedObject): number {
  return placeOf(object.kind, valuesOf(object))?.place.under === undefined ? 0 : 1;
}

/** A logical name is the path with slashes; keys may hold slashes, too. Undefined where a program has named it as it likes. */
function pathOf(
  object: ManagedObject,
  controlPlane: string,
  owners: ReadonlyMap<string, readonly string[]>,
): readonly string[] | undefined {
  const values = valuesOf(object);
  const placed = placeOf(object.kind, values);
  if (placed === undefined) return undefined;
  const above = placed.place.under === undefined ? [] : owners.get(ownerIdAt(placed, values) ?? "");
  if (above === undefined) return undefined;
  const collection = [...above, ...placed.place.at];
  const name = object.name.startsWith(`controlPlanes/${controlPlane}/`)
    ? object.name.slice(`controlPlanes/${controlPlane}/`.length)
    : object.name;
  const before = `${collection.join("/")}/`;
  if (placed.place.keyField === undefined) return name === collection.join("/") ? collection : undefined;
  return name.startsWith(before) ? [...collection, name.slice(before.length)] : undefined;
}

function namedObject(object: ListedObject, path: readonly string[], given: NamedObject["given"]): NamedObject {
  const values = valuesOf(object);
  const placed = placeOf(object.kind, values);
  return {
    kind: object.kind,
    id: object.remote.id,
    owner: placed && ownerIdAt(placed, values),
    path,
    keyField: placed?.place.keyField,
    given,
  };
}
