import type { Kind } from "../../schema/kind.js";
import type { Values } from "./values.js";

/** True when the end of this object in the stack leaves it at the control plane: it was there before us. */
export function isReleased(kind: Kind, olds: Values): boolean {
  return kind.singleton || olds.onDelete === "release" || (olds.adopted === true && olds.onDelete !== "delete");
}
