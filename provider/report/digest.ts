import { createHash } from "node:crypto";
import type { ChangeSet, ObjectStep } from "../gates/index.js";
import { canonicalJson } from "./canonical-json.js";
import { fieldsOf, maskedInputs } from "./shown-values.js";

/**
 * SHA-256, hexadecimal, of what a change does: for each object and control plane that it touches the URN, the operation and the inputs
 * afterwards, unknown ones as their marker and secrets masked. Equal whatever order the plan has.
 */
export function changeSetDigest({ objects, controlPlanes }: ChangeSet): string {
  const steps = [...objects, ...controlPlanes].filter(({ operation }) => operation !== "same").toSorted(byUrn);
  const touched = steps.map((step) => ({
    urn: step.urn,
    operation: step.operation,
    inputs: step.after === undefined ? null : maskedInputs(fieldsOf(step.kind), step.after),
  }));
  return createHash("sha256").update(canonicalJson(touched)).digest("hex");
}

function byUrn(a: ObjectStep, b: ObjectStep): number {
  return a.urn < b.urn ? -1 : a.urn > b.urn ? 1 : 0;
}
