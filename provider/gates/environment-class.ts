import { ownersOf } from "./belonging.js";
import type { Values } from "./facts.js";
import type { Holdings } from "./holdings.js";

/** Environment class of an object (DESIGN.md §4): its own, else that of what it belongs to; undefined when neither says. */
export function environmentOf(kind: string, values: Values, holdings: Holdings): unknown {
  if (values.environment !== undefined) return values.environment;
  const owners = ownersOf(kind, values).map((owner) => holdings.find(owner.kind, owner.id));
  return owners.map((owner) => owner?.values.environment).find((environment) => environment !== undefined);
}
