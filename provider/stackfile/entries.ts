import { inputFields, type Kind } from "../../schema/kind.js";
import type { KindName } from "../../schema/kinds/index.js";
import { keysBelow, ownerFieldAt, type PlacedKind, placesUnder } from "../../schema/places.js";
import { at, isMapping, type Located, textOf } from "./located.js";
import type { Position } from "./model.js";
import { propertyPositions } from "./positions.js";

/** One object as a file declares it, before control planes and references. */
export interface Entry {
  readonly kind: Kind;
  readonly kindName: KindName;
  readonly node: Located;
  /** What other entries call it; undefined for a single object. */
  readonly key: string | undefined;
  readonly keyField: string | undefined;
  readonly owner: Entry | undefined;
  /** Field that the nesting gives. */
  readonly ownerField: string | undefined;
  /** Path in the file: the logical name on a control plane called `main`. */
  readonly name: string;
  readonly given: Readonly<Record<string, unknown>>;
  readonly positions: Readonly<Record<string, Position>>;
}

/** A keyed collection, with its settings. */
export interface Collection {
  readonly kindName: KindName;
  readonly owner: Entry | undefined;
  readonly node: Located;
  readonly entries: readonly Entry[];
}

export interface Declared {
  readonly entries: readonly Entry[];
  readonly collections: readonly Collection[];
}

/** Everything that stands in a file, in the order of the kinds' places. What has the wrong shape is left to validation. */
export function declaredIn(root: Located): Declared {
  return below({ node: root, owner: undefined, adopt: textOf(at(root, ["adopt"])) });
}

interface Above {
  readonly node: Located;
  readonly owner: Entry | undefined;
  /** The file's `adopt`. */
  readonly adopt: string | undefined;
}

function below(above: Above): Declared {
  const parts = placesUnder(above.owner?.kindName).map((placed) => declaredAt(placed, above));
  return { entries: parts.flatMap(({ entries }) => entries), collections: parts.flatMap(({ collections }) => collections) };
}

function declaredAt(placed: PlacedKind, above: Above): Declared {
  const node = at(above.node, placed.place.at);
  if (node === undefined || !isMapping(node)) return { entries: [], collections: [] };
  if (placed.place.keyField === undefined) {
    // What there is one of, always, is taken over whatever is said.
    const entry = entryOf(placed, node, undefined, above, placed.kind.singleton || placed.kind.local ? undefined : above.adopt);
    return entry === undefined ? { entries: [], collections: [] } : withNested(entry, above);
  }
  const adopt = textOf(node.children.get("$adopt")) ?? above.adopt;
  const own = [...node.children].flatMap(([key, child]) => (key.startsWith("$") ? [] : (entryOf(placed, child, key, above, adopt) ?? [])));
  const nested = own.map((entry) => withNested(entry, above));
  return {
    entries: nested.flatMap(({ entries }) => entries),
    collections: [
      { kindName: nameOf(placed.kind), owner: above.owner, node, entries: own },
      ...nested.flatMap(({ collections }) => collections),
    ],
  };
}

function withNested(entry: Entry, above: Above): Declared {
  const nested = below({ ...above, node: entry.node, owner: entry });
  return { entries: [entry, ...nested.entries], collections: nested.collections };
}

function entryOf(placed: PlacedKind, node: Located, key: string | undefined, above: Above, adopt: string | undefined): Entry | undefined {
  const { kind, place } = placed;
  const own = ownValues(placed, node, above.owner);
  // A key that only leads further down (`routing`, for the tiers in it) declares nothing itself.
  if (own === undefined || (key === undefined && Object.keys(own).length === 0 && node.children.size > 0)) return undefined;
  const given: Record<string, unknown> = {
    ...(key === undefined || place.keyField === undefined ? {} : { [place.keyField]: key }),
    ...(adopt === undefined ? {} : { adopt }),
    ...own,
  };
  // `name: null` says that the key names the entry and not the object.
  if (place.keyField !== undefined && given[place.keyField] === null) delete given[place.keyField];
  const keyed = place.keyField === undefined ? {} : { [place.keyField]: node.keyPosition };
  return {
    kind,
    kindName: nameOf(kind),
    node,
    key,
    keyField: place.keyField,
    owner: above.owner,
    ownerField: ownerFieldAt(placed),
    name: node.path.join("/"),
    given,
    positions: { ...keyed, ...propertyPositions(placed, node) },
  };
}

/** What the entry itself says about the fields of its kind. */
function ownValues(placed: PlacedKind, node: Located, owner: Entry | undefined): Readonly<Record<string, unknown>> | undefined {
  const { kind, place } = placed;
  if (!isMapping(node)) return place.shorthand === undefined ? undefined : { [place.shorthand]: node.value };
  const structural = [ownerFieldAt(placed), ...(place.keyField === undefined ? keysBelow(owner?.kindName, place.at) : [])];
  const fields = Object.keys(inputFields(kind)).filter((name) => !structural.includes(name));
  return Object.fromEntries(Object.entries(node.value).filter(([name]) => fields.includes(name)));
}

function nameOf(kind: Kind): KindName {
  return kind.name as KindName;
}
