import type { Step } from "./steps.js";

/** Variable in which a run hands over the secret that a person copied in this step. Set for that run only. */
export function secretVariable({ digest }: Pick<Step, "digest">): string {
  return `GATEHOUSE_STEP_SECRET_${digest.toUpperCase()}`;
}
