import type { PlacedKind } from "../../schema/places.js";
import { isMapping, type Located } from "./located.js";
import type { Position } from "./model.js";

/** Where each property of an entry stands, by dotted path below the entry. */
export function propertyPositions({ place }: PlacedKind, node: Located): Readonly<Record<string, Position>> {
  if (!isMapping(node)) return place.shorthand === undefined ? {} : { [place.shorthand]: node.position };
  return Object.fromEntries(positionsBelow(node, ""));
}

function positionsBelow(node: Located, prefix: string): readonly (readonly [string, Position])[] {
  return [...node.children].flatMap(([key, child]) => {
    const path = `${prefix}${key}`;
    return [[path, child.position] as const, ...positionsBelow(child, `${path}.`)];
  });
}
