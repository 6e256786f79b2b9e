import { ownersOf } from "./belonging.js";
import { isEnding, type Values } from "./facts.js";
import type { HeldObject, Holdings } from "./holdings.js";

/** Environment class of an object (DESIGN.md §4): its own, else that of what it belongs to; undefined when neither says. */
export function environmentOf(kind: string, values: Values, holdings: Holdings): unknown {
  if (values.environment !== undefined) return values.environment;
  return inherited(kind, values, holdings, (owner) => owner.values);
}

/** The same of an object that stays, as it will be. */
export function environmentAfter(object: HeldObject, holdings: Holdings): unknown {
  const values = valuesAfter(object);
  if (values.environment !== undefined) return values.environment;
  return inherited(object.kind, values, holdings, valuesAfter);
}

function inherited(kind: string, values: Values, holdings: Holdings, valuesOf: (owner: HeldObject) => Values): unknown {
  const owners = ownersOf(kind, values).map((owner) => holdings.find(owner.kind, owner.id));
  return owners.map((owner) => owner && valuesOf(owner).environment).find((environment) => environment !== undefined);
}

/** Values of an object after the change. What the declaration never spoke of stays as it is, and so does what ends as long as it is there. */
function valuesAfter({ values, step }: HeldObject): Values {
  if (step?.after === undefined || isEnding(step)) return values;
  const untold = Object.entries(values).filter(([name]) => step.before?.inputs[name] === undefined);
  return { ...Object.fromEntries(untold), ...step.after };
}
