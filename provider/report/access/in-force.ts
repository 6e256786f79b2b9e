import { isKnown, UNKNOWN, type Unknown } from "../../policies/seen.js";
import { type CapabilitySet, uncertain } from "./capability-set.js";
import type { Limit } from "./limit.js";

/** Whether something that may end still gives access: `maybe` when only an apply will know its end. */
export type InForce = "yes" | "no" | "maybe";

/** Its last day is the one it names (`2027-06-30`), UTC. */
export function inForce(expiresAt: string | Unknown | undefined, today: string): InForce {
  if (expiresAt === UNKNOWN) return "maybe";
  return isKnown(expiresAt) && expiresAt < today ? "no" : "yes";
}

export function asFarAs(force: InForce, set: CapabilitySet): CapabilitySet {
  return force === "maybe" ? uncertain(set) : set;
}

/** The end of something as a limit of what it gives. */
export function endLimit(expiresAt: string | Unknown | undefined, from: string): readonly Limit[] {
  if (expiresAt === undefined) return [];
  return [{ what: "end", rule: "until", value: isKnown(expiresAt) ? expiresAt : undefined, from }];
}
