import type { Declaration, Position } from "./model.js";

/** Where a dotted property of a declaration stands, or the nearest thing above it that does. */
export function positionOf({ position, positions }: Pick<Declaration, "position" | "positions">, property: string): Position {
  const steps = property.split(".");
  const paths = steps.map((_, index) => steps.slice(0, steps.length - index).join("."));
  const found = paths.find((path) => positions[path] !== undefined);
  return (found === undefined ? undefined : positions[found]) ?? position;
}
