import type { Problem } from "../../schema/kind.js";
import { isRaised } from "../rotation/raised.js";
import { sinkProblem } from "../sinks/index.js";
import type { Session } from "./session.js";
import type { Values } from "./values.js";

/**
 * What keeps a declared hand-over from being made, told before anything is written. Who only previews need not know the sinks: where the
 * operator's file is not named, only a run that will hand something over asks for it.
 */
export function sinkProblems({ environment }: Session, inputs: Values, olds: Values): readonly Problem[] {
  const { deliverTo } = inputs;
  if (typeof deliverTo !== "string") return [];
  const isRenewed = isRaised(olds, inputs, "rotate");
  const isMoved = olds.deliverTo !== undefined && olds.deliverTo !== deliverTo;
  const writes = environment.GATEHOUSE_READ_ONLY !== "1" && (isRenewed || olds.deliverTo !== deliverTo);
  const unusable = environment.GATEHOUSE_SINKS || writes ? sinkProblem(deliverTo, environment) : undefined;
  return [
    ...(unusable === undefined ? [] : [{ property: "deliverTo", reason: `names the sink ${deliverTo}: ${unusable}` }]),
    ...(isMoved && !isRenewed
      ? [
          {
            property: "deliverTo",
            reason: `names another sink for a secret that ${String(olds.deliverTo)} alone has: raise \`rotate\` in the same change, and the new secret goes there`,
          },
        ]
      : []),
  ];
}
