import { inputFields, type Kind, type Problem } from "../../schema/kind.js";
import { noWayBack } from "../adapters/support.js";
import type { Session } from "./session.js";
import type { Values } from "./values.js";

/**
 * What is wrong with the way from the inputs that the state holds to other ones, where each could stand by itself. `given` is what was
 * written, without what stands in for it; `inputs` is what will be. Unknown values pass.
 */
export function turnProblems(session: Session, kind: Kind, former: Values, given: Values, inputs: Values): readonly Problem[] {
  return Object.entries(inputFields(kind)).flatMap(([property, { flags }]): Problem[] => {
    const was = former[property];
    if (typeof was === "string" && flags.lasting?.includes(was) && given[property] === undefined) {
      const reason = `is ${was} and no longer written, which says neither that it stays nor that it ends: write \`${property}: ${was}\`, or what it becomes`;
      return [{ property, reason }];
    }
    // Over HTTP there is no other call than those we know; a person may find a way that nobody wrote down.
    const turn = session.transport === "dashboard" ? undefined : noWayBack(session.adapter, kind, property, was, inputs[property]);
    return turn === undefined ? [] : [{ property, reason: `cannot change: ${turn}` }];
  });
}
