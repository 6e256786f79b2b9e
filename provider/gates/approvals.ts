import { dayAfter } from "../../schema/day-after.js";
import { governance, LONGEST_APPROVAL_DAYS } from "../../schema/kinds/governance.js";
import { hasUnknown } from "../../schema/unknown.js";
import type { ChangeSet, Values } from "./facts.js";
import type { Closed } from "./gate.js";

/** A person's word that one change of one object may pass one gate. */
export interface Approval {
  readonly gate: string;
  readonly object: string;
  /** Digest of the change. */
  readonly change: string;
  /** E-mail address of the person. */
  readonly by: string;
  readonly reason: string;
  /** Last day on which it counts, `2027-02-01`. */
  readonly until: string;
}

/** Approvals that count in this run: those that an earlier one recorded. */
export function approvalsRecorded(changes: ChangeSet): readonly Approval[] {
  return rulesOfTheHouse(changes).flatMap(({ before }) => approvalsIn(before?.inputs));
}

/** Approvals that this change brings: they count from the next run on, and are worth a look. */
export function approvalsAdded(changes: ChangeSet): readonly Approval[] {
  const recorded = approvalsRecorded(changes);
  const declared = rulesOfTheHouse(changes).flatMap(({ after }) => approvalsIn(after));
  return declared.filter((approval) => !recorded.some((one) => sameApproval(one, approval)));
}

/** The approval that opens a closed gate today. */
export function opened(closed: Closed, approvals: readonly Approval[], today: string): Approval | undefined {
  return approvals.find((approval) => isFor(closed, approval) && isInForce(approval, today));
}

/** The advice of a closed gate, with what an approval would need, or why one that is there does not count. */
export function adviceFor(closed: Closed, recorded: readonly Approval[], added: readonly Approval[], today: string): string {
  const { gate, object, advice } = closed;
  if (added.some((approval) => isFor(closed, approval) && isInForce(approval, today))) {
    return `${advice} The approval is part of the same change and does not count yet: apply the approval first, by itself.`;
  }
  const [useless] = [...recorded, ...added].filter((approval) => isFor(closed, approval));
  if (useless !== undefined) return `${advice} The approval by ${useless.by} ${whyUseless(useless, today)}`;
  const [other] = [...recorded, ...added].filter((approval) => approval.gate === gate && approval.object === object);
  const hint = other === undefined ? "" : ` The approval by ${other.by} is for another change (${other.change}).`;
  return `${advice}${hint} To have it approved, apply an approval under governance.approvals first, by itself.`;
}

function isInForce({ until }: Approval, today: string): boolean {
  return until >= today && until <= dayAfter(today, LONGEST_APPROVAL_DAYS);
}

function whyUseless({ until }: Approval, today: string): string {
  if (until < today) return `ended on ${until}: have it renewed.`;
  return `lasts until ${until}, and one counts for ${LONGEST_APPROVAL_DAYS} days at most: give it an end no later than ${dayAfter(today, LONGEST_APPROVAL_DAYS)}.`;
}

function isFor({ gate, object, change }: Closed, approval: Approval): boolean {
  return approval.gate === gate && approval.object === object && approval.change === change;
}

function rulesOfTheHouse({ objects }: ChangeSet): ChangeSet["objects"] {
  return objects.filter(({ kind }) => kind === governance.name);
}

function approvalsIn(inputs: Values | undefined): readonly Approval[] {
  const approvals = inputs?.approvals;
  return Array.isArray(approvals) ? (approvals as readonly Approval[]).filter((approval) => !hasUnknown(approval)) : [];
}

function sameApproval(a: Approval, b: Approval): boolean {
  return NAMES.every((name) => a[name] === b[name]);
}

const NAMES = ["gate", "object", "change", "by", "reason", "until"] as const;
