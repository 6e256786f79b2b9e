import type { Kind } from "../../schema/kind.js";
import { type DueRotation, dueRotation } from "./due.js";
import type { Values } from "./values.js";

/**
 * The step of a rotation that is due for an object of any kind; none for kinds without a secret to renew. An object that has ended is not
 * renewed: the one before it can still come back, or end.
 */
export function rotationOf({ fields, custody }: Kind, outputs: Values, inputs: Values, now: Date): DueRotation | undefined {
  if (!Object.values(fields).some(({ flags }) => flags.renewsSecret)) return undefined;
  const due = dueRotation(outputs, inputs, now);
  const hasEnded = custody?.ended.includes(String(outputs[custody.statusField])) ?? false;
  return hasEnded && due?.step !== "rollBack" && due?.step !== "end" ? undefined : due;
}
