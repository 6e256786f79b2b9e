import type { Closed } from "../gates/index.js";
import type { Decision } from "./decide.js";

/**
 * Holds back what the gates stop. A repair that a gate names is left out alone, and so is an object whose declared end has come, which
 * was reviewed long ago; anything else that is closed concerns the declared changes, which were reviewed together and wait together.
 */
export function holdBack(decisions: readonly Decision[], closed: readonly Closed[]): readonly Decision[] {
  const stopperOf = stoppersIn(decisions, closed);
  return decisions.map((decision) => {
    const stopper = decision.held === undefined ? stopperOf(decision) : undefined;
    return stopper === undefined ? decision : heldByGate(decision, stopper);
  });
}

export function heldByGate(decision: Decision, gate: Closed): Decision {
  return { ...decision, held: heldBy(gate, names(gate, decision)) };
}

/** The gate that holds a decision back, by the same rule. */
export function stoppersIn(decisions: readonly Decision[], closed: readonly Closed[]): (decision: Decision) => Closed | undefined {
  const alone = decisions.filter(standsAlone);
  const rest = closed.find((gate) => !alone.some((decision) => names(gate, decision)));
  return (decision) => closed.find((gate) => names(gate, decision)) ?? (standsAlone(decision) ? undefined : rest);
}

function standsAlone({ cause, planned: { change } }: Decision): boolean {
  return cause === "drift" || change.endedOn !== undefined;
}

/** Holds back everything: what closes a gate cannot be told from the rest. */
export function holdAll(decisions: readonly Decision[], closed: readonly Closed[]): readonly Decision[] {
  const [first] = closed;
  if (first === undefined) return decisions;
  return decisions.map((decision) => ({ ...decision, held: decision.held ?? heldBy(first, names(first, decision)) }));
}

/** A gate names an object by its logical name, and what a collection removes by a name below the collection's. */
function names({ object }: Closed, { planned: { change } }: Decision): boolean {
  return object === change.name || object.startsWith(`${change.name}/`);
}

function heldBy({ gate, object, what, advice }: Closed, isNamed: boolean): Decision["held"] {
  return {
    by: "gate",
    why: isNamed ? `is stopped by the gate ${gate}: ${what}` : `waits, because the gate ${gate} stops ${object}: ${what}`,
    next: advice,
  };
}
