import type { Facts } from "./facts.js";

/** Works out something of a control plane once for a judgement: gates ask for it again and again. */
export function oncePerPlane<T>(workOut: (facts: Facts, controlPlane: string) => T): (facts: Facts, controlPlane: string) => T {
  const known = new WeakMap<Facts, Map<string, T>>();
  return (facts, controlPlane) => {
    const ofFacts = known.get(facts) ?? new Map<string, T>();
    known.set(facts, ofFacts);
    const found = ofFacts.get(controlPlane) ?? workOut(facts, controlPlane);
    ofFacts.set(controlPlane, found);
    return found;
  };
}
