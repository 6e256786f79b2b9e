import { kindNamed } from "../../schema/kinds/index.js";
import type { ChangeSet } from "../gates/index.js";
import type { ObjectChange } from "../plan/changes.js";

/** The changes of a plan, where taking something over is what it changes of that, and not all that is declared. */
export function withTakenOver(changes: readonly ObjectChange[], { objects }: ChangeSet): readonly ObjectChange[] {
  const found = new Map(objects.flatMap((step) => (step.operation === "adopt" && step.before ? [[step.urn, step] as const] : [])));
  return changes.map((change): ObjectChange => {
    const step = found.get(change.urn);
    if (change.operation !== "adopt" || step === undefined) return change;
    const { properties } = step;
    return { ...change, properties, why: properties.length === 0 ? AS_IT_IS : OTHERWISE };
  });
}

const AS_IT_IS = "it is there as it is declared, and is managed from now on";
const OTHERWISE = "it is there otherwise than it is declared, and is managed from now on";

/** True for what changes nothing at a control plane: something is taken over as it is, or lives in the state alone. */
export function isTakenAsIs({ operation, properties, kind }: ObjectChange): boolean {
  return (operation === "adopt" && properties.length === 0) || (operation === "create" && kindNamed(kind)?.local === true);
}

/** How much of that there is, for a plan that does nothing else; undefined for any other. */
export function takenAsIsText(changes: readonly ObjectChange[]): string | undefined {
  const count = changes.filter(({ operation }) => operation === "adopt").length;
  if (count === 0 || !changes.every(isTakenAsIs)) return undefined;
  const [objects, are, they] = count === 1 ? ["object", "is", "it is"] : ["objects", "are", "they are"];
  return `Nothing changes at the control plane; ${count} ${objects} ${are} taken over as ${they}.`;
}
