import { endOf } from "../../schema/ends.js";
import type { Kind } from "../../schema/kind.js";
import type { Values } from "./values.js";

/**
 * True when the end of this object in the stack leaves it at the control plane: it was there before us, and its own end, by which
 * somebody declared that it is to go, has not come `today` (`2026-12-08`).
 */
export function isReleased(kind: Kind, olds: Values, today: string): boolean {
  if (kind.singleton || olds.onDelete === "release") return true;
  const end = endOf(kind, olds);
  return olds.adopted === true && olds.onDelete !== "delete" && (end === undefined || end > today);
}
