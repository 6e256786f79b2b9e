import { kindOfToken } from "../provider-string.js";
import { changedProperties, isInternal, logicalName, type PropertyChange, type Step } from "./changes.js";

export interface DriftedObject {
  readonly state: "changed" | "gone";
  readonly kind: string;
  readonly name: string;
  /** `before` is what was applied last, `after` what the control plane holds. */
  readonly properties: readonly PropertyChange[];
}

/** Objects that differ on the server from what was applied last, from the engine's refresh steps. */
export function driftedObjects(refreshed: readonly Step[]): readonly DriftedObject[] {
  return refreshed.flatMap((step): DriftedObject[] => {
    const kind = kindOfToken(step.type);
    if (kind === undefined || (isInternal(step.type) && kind !== "ExclusiveCollection")) return [];
    const name = logicalName(step.urn);
    if (step.new === undefined) return [{ state: "gone", kind, name, properties: [] }];
    const properties = changedProperties(step.old?.inputs, step.new.inputs, "server");
    return properties.length === 0 ? [] : [{ state: "changed", kind, name, properties }];
  });
}
