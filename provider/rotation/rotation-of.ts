import type { Kind } from "../../schema/kind.js";
import { isEnded } from "../lifecycle/is-ended.js";
import { type DueRotation, dueRotation } from "./due.js";
import type { Values } from "./values.js";

/**
 * The step of a rotation that is due for an object of any kind; none for kinds without a secret to renew. An object that has ended is not
 * renewed: the one before it can still come back, or end.
 */
export function rotationOf(kind: Kind, outputs: Values, inputs: Values, now: Date): DueRotation | undefined {
  if (!Object.values(kind.fields).some(({ flags }) => flags.renewsSecret)) return undefined;
  const due = dueRotation(outputs, inputs, now);
  return isEnded(kind, outputs) && due?.step !== "rollBack" && due?.step !== "end" ? undefined : due;
}
