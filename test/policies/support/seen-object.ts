import type { SeenObject } from "../../../provider/policies/seen.js";
import type { KindName } from "../../../schema/kinds/index.js";

/** One object of a view, for stacks that no stack file may hold, and for generated ones. References are given as ids. */
export function seenObject<N extends KindName>(kind: N, name: string, inputs: SeenObject<N>["inputs"], system = "gatehouse"): SeenObject {
  const object: SeenObject<N> = { kind, name, urn: name, id: name, system, controlPlane: "main", inputs, outputs: {}, sources: {} };
  return object as unknown as SeenObject;
}
