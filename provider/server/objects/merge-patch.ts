import type { Values } from "../store/objects.js";
import { isValues } from "./changed-properties.js";

/** JSON merge patch (RFC 7396): given properties change, null removes one, lists are replaced as a whole. */
export function mergePatch(target: Values, patch: Values): Values {
  const merged: Record<string, unknown> = { ...target };
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    else merged[name] = isValues(value) ? mergePatch(isValues(merged[name]) ? merged[name] : {}, value) : value;
  }
  return merged;
}
