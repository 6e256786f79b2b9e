import { kindNamed } from "../../../schema/kinds/index.js";
import type { ObjectStep } from "../../gates/index.js";
import type { PropertyChange } from "../../plan/changes.js";
import { type Context, objectKey } from "./context.js";

/** The changes with the names of objects where their ids stand, as far as the stack holds the objects. */
export function namedReferences(
  { kind, controlPlane }: ObjectStep,
  changes: readonly PropertyChange[],
  { names }: Context,
): readonly PropertyChange[] {
  const fields = kindNamed(kind)?.fields ?? {};
  return changes.map((change) => {
    const reference = fields[change.property]?.reference;
    if (reference?.by !== "id") return change;
    const named = (value: unknown) =>
      typeof value === "string" ? (names.get(objectKey(controlPlane, reference.kind, value)) ?? value) : value;
    return { ...change, before: named(change.before), after: named(change.after) };
  });
}
