import { type Approval, adviceFor, approvalsAdded, approvalsRecorded, opened } from "./approvals.js";
import type { Facts, ObjectStep } from "./facts.js";
import type { Closed } from "./gate.js";
import { GATES } from "./gates/index.js";

export interface Judgement {
  /** What stops the run. */
  readonly closed: readonly Closed[];
  /** What somebody approved. */
  readonly opened: readonly { readonly closed: Closed; readonly approval: Approval }[];
}

/** Judges a change by every gate. The approvals are those that the state holds; another list is for tests. */
export function judgeGates(facts: Facts, approvals: readonly Approval[] = approvalsRecorded(facts.changes)): Judgement {
  const inUse = inUseOnly(facts);
  const found = GATES.flatMap((gate) => gate.judge(inUse).map((finding): Closed => ({ gate: gate.name, ...finding })));
  const added = approvalsAdded(facts.changes);
  const judged = found.map((closed) => ({ closed, approval: opened(closed, approvals, facts.today) }));
  return {
    closed: judged.flatMap(({ closed, approval }) =>
      approval === undefined ? [{ ...closed, advice: adviceFor(closed, approvals, added, facts.today) }] : [],
    ),
    opened: judged.flatMap(({ closed, approval }) => (approval === undefined ? [] : [{ closed, approval }])),
  };
}

/** Nobody uses what stands on a rehearsal's control plane: destroying it endangers nothing. */
function inUseOnly(facts: Facts): Facts {
  if (facts.operation !== "destroy") return facts;
  const rehearsals = facts.changes.controlPlanes.filter(isRehearsal).map(({ controlPlane }) => controlPlane);
  const isInUse = ({ controlPlane }: ObjectStep) => !rehearsals.includes(controlPlane);
  const { objects, controlPlanes } = facts.changes;
  return { ...facts, changes: { objects: objects.filter(isInUse), controlPlanes: controlPlanes.filter(isInUse) } };
}

/** What was applied decides, not what the declaration says by now. */
function isRehearsal({ before }: ObjectStep): boolean {
  return before?.inputs["gatehouse:transport"] === "rehearsal";
}
