import type { Kind } from "../../schema/kind.js";
import { ownerFieldAt, type PlacedKind } from "../../schema/places.js";
import type { Values } from "../lifecycle/values.js";

/** Where an object with these values stands in a stack file: nested in what it belongs to, under a key where it has a name. */
export function placeOf(kind: Kind, values: Values): PlacedKind | undefined {
  const all = kind.stackFile.map((place) => ({ kind, place }));
  const nested = all.filter((placed) => ownerIdAt(placed, values) !== undefined);
  const possible = nested.length > 0 ? nested : all.filter(({ place }) => place.under === undefined);
  const named = ({ place }: PlacedKind) => place.keyField !== undefined && values[place.keyField] !== undefined;
  return possible.find(named) ?? possible.find(({ place }) => place.keyField === undefined) ?? possible[0];
}

/** Id of the object that one with these values is nested in. */
export function ownerIdAt(placed: PlacedKind, values: Values): string | undefined {
  const field = ownerFieldAt(placed);
  const id = field === undefined ? undefined : values[field];
  return typeof id === "string" ? id : undefined;
}
