import { overOn } from "../../../schema/ends.js";
import { isKnown, type SeenObject, UNKNOWN, type Unknown } from "../../policies/seen.js";
import type { StackView } from "../../policies/stack-view.js";
import { type CapabilitySet, uncertain } from "./capability-set.js";
import type { Limit } from "./limit.js";

/** Whether something that may end still gives access: `maybe` when only an apply will know its end. */
export type InForce = "yes" | "no" | "maybe";

type Ending = SeenObject<"OrganizationMember" | "ProjectMember" | "ApiKey">;

/** It is over on the day it names (`2027-06-30`), UTC, where its system keeps that day; elsewhere it lasts until a run ends it. */
export function inForce(view: StackView, object: Ending, today: string): InForce {
  const { expiresAt } = object.inputs;
  if (!view.keeps(object, "expiresAt")) return "yes";
  if (expiresAt === UNKNOWN) return "maybe";
  return expiresAt !== undefined && overOn(expiresAt, "on") <= today ? "no" : "yes";
}

export function asFarAs(force: InForce, set: CapabilitySet): CapabilitySet {
  return force === "maybe" ? uncertain(set) : set;
}

/** The end of something as a limit of what it gives. */
export function endLimit(expiresAt: string | Unknown | undefined, from: string): readonly Limit[] {
  if (expiresAt === undefined) return [];
  return [{ what: "end", rule: "until", value: isKnown(expiresAt) ? expiresAt : undefined, from }];
}
