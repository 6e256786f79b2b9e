import { kindNamed } from "../../schema/kinds/index.js";
import type { ObjectStep } from "./facts.js";

/** True for an object that a control plane knows and that can end there: rules of the house and what is always there are not counted. */
export function isRemote({ kind }: ObjectStep): boolean {
  const described = kindNamed(kind);
  return described !== undefined && !described.local && !described.singleton;
}
