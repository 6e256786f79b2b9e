import { NOTICE_DAYS } from "../../schema/ends.js";
import type { EndRule } from "../../schema/field.js";
import type { Position } from "../stackfile/index.js";

/** What somebody misses who did not see it coming: a production key or its owner, other access, or only a word that was given. */
export type Stake = "production" | "access" | "word";

/** Something that a declared day ends, or has ended. */
export interface End {
  /** Kind and logical name of the object that the day stands in. */
  readonly kind: string;
  readonly name: string;
  readonly controlPlane: string;
  /** Where the day stands: `expiresAt`, `exceptions.0.until`. */
  readonly property: string;
  /** What ends, as a person calls it: `key checkout-prod`. */
  readonly what: string;
  /** The day as it is declared, and whether it is the first one without or the last one with. */
  readonly day: string;
  readonly rule: EndRule;
  /** The first day on which it is over, as `2026-12-08`, UTC. */
  readonly on: string;
  /** Days from today to that day; none and fewer when it has come. */
  readonly daysLeft: number;
  readonly stake: Stake;
  /** Who ends it: the control plane, the first run of Gatehouse on that day, or nobody, since it counts no longer then (`itself`). */
  readonly endedBy: "controlPlane" | "run" | "itself";
  /** Logical names of what names the object: the keys that a person answers for. */
  readonly namedBy: readonly string[];
  /** True for an entry of a stack file that has ended, is declared no more and can be removed from the file. */
  readonly isSpent: boolean;
  /** Where it stands, of what the stack file alone knows. */
  readonly position?: Position;
}

/** True for access whose day has come and that is there still. Words that were given count no longer, by themselves. */
export function isOverdue({ daysLeft, isSpent, stake }: End): boolean {
  return daysLeft <= 0 && !isSpent && stake !== "word";
}

/** True for what every run tells: what ends within the notice, what is over and still there, and what can go from the stack file. */
export function isTold(end: End): boolean {
  return isOverdue(end) || end.isSpent || (end.daysLeft > 0 && end.daysLeft <= NOTICE_DAYS);
}

export function soonestFirst(ends: readonly End[]): readonly End[] {
  return ends.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.name < b.name ? -1 : 1));
}
