import type { Step } from "./changes.js";

/** The steps of a plan when these objects are left out of it: they stay as they are, and what is not there yet does not come. */
export function keptSteps(steps: readonly Step[], leftOut: ReadonlySet<string>): readonly Step[] {
  const seen = new Set<string>();
  return steps.flatMap((step) => {
    if (!leftOut.has(step.urn)) return [step];
    if (step.old === undefined || seen.has(step.urn)) return [];
    seen.add(step.urn);
    return [{ ...step, op: "same", new: step.old }];
  });
}
