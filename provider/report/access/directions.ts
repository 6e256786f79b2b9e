import type { Direction } from "./access-change.js";
import { type CapabilitySet, isCovered, isNothing } from "./capability-set.js";
import type { Difference } from "./limit.js";

/** In which directions access to a place changed. Several when it gives more of one thing and less of another. */
export function directionsOf(before: CapabilitySet, after: CapabilitySet, limits: Difference, isElsewhere: boolean): readonly Direction[] {
  if (isNothing(before)) return isNothing(after) ? [] : ["gained"];
  if (isNothing(after)) return ["lost"];
  if (isElsewhere) return ["lost", "gained"];
  const wider = !isCovered(after, before) || limits.wider;
  const narrower = !isCovered(before, after) || limits.narrower;
  return [...(wider ? (["widened"] as const) : []), ...(narrower ? (["narrowed"] as const) : [])];
}
