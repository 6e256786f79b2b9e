import type { Holder } from "../access/access.js";
import { type AccessChange, idOf } from "../access/index.js";
import type { Context } from "./context.js";

/** Keys that somebody still answers for who has no access left. */
export function keysLeftBy({ change, subject, urn, controlPlane }: AccessChange, { accessAfter }: Context): readonly Holder[] {
  const plane = accessAfter.planes.get(controlPlane);
  if (plane === undefined || change !== "lost" || subject.type !== "person" || plane.holders.has(idOf({ subject, urn }))) return [];
  return [...plane.holders.values()].filter(({ owner }) => owner?.toLowerCase() === subject.name);
}
