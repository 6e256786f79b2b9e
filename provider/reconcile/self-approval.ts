import { governance } from "../../schema/kinds/governance.js";
import { approvalsAdded, type ChangeSet, type Closed } from "../gates/index.js";
import type { Decision } from "./decide.js";

/**
 * Closed gates that an approval in this very change names. Passes follow each other, so that a change could approve itself: recorded by
 * one pass, the approval would open the gate in the next. The digest does not count, since it may become another one until then.
 */
export function approvedByItself(changes: ChangeSet, closed: readonly Closed[]): readonly Closed[] {
  const added = approvalsAdded(changes);
  return closed.filter(({ gate, object }) => added.some((approval) => approval.gate === gate && approval.object === object));
}

/** Holds the rules of the house back while what they approve is part of the same change. */
export function holdApprovals(decisions: readonly Decision[], approved: readonly Closed[]): readonly Decision[] {
  const [first] = approved;
  if (first === undefined) return decisions;
  return decisions.map((decision) =>
    decision.held !== undefined || decision.planned.kind !== governance.name
      ? decision
      : {
          ...decision,
          held: {
            by: "gate",
            why: `waits, because it approves what the gate ${first.gate} stops in the same change: ${first.object}`,
            next: "Apply the approval first, by itself.",
          },
        },
  );
}
