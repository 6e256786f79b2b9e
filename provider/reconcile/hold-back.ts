import type { Closed } from "../gates/index.js";
import type { Decision } from "./decide.js";

/**
 * Holds back what the gates stop. A repair that a gate names is left out alone; anything else that is closed concerns the declared
 * changes, which were reviewed together and wait together.
 */
export function holdBack(decisions: readonly Decision[], closed: readonly Closed[]): readonly Decision[] {
  const repairs = decisions.filter(({ cause }) => cause === "drift");
  const isRest = (gate: Closed) => !repairs.some((decision) => names(gate, decision));
  const [rest] = closed.filter(isRest);
  return decisions.map((decision) => {
    if (decision.held !== undefined) return decision;
    const named = closed.find((gate) => names(gate, decision));
    const stopped = named ?? (decision.cause === "declaration" ? rest : undefined);
    return stopped === undefined ? decision : { ...decision, held: heldBy(stopped, named !== undefined) };
  });
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
