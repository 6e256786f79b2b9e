import type { Report } from "../report/report.js";
import type { GatedOutcome } from "./gated.js";
import { inputsDigest } from "./plan-digests.js";
import type { SavedPlan } from "./saved-plan.js";

/** What a judged plan would do, by digests, for an `up` that must do exactly that. */
export function savedPlanOf({ changeSet }: GatedOutcome, { project, stack, made, verdict }: Report): SavedPlan {
  const { commit, stateDigest = "", changeSetDigest } = made;
  return {
    version: 1,
    project,
    stack,
    ...(commit === undefined ? {} : { commit }),
    stateDigest,
    changeSetDigest,
    changes: [...changeSet.objects, ...changeSet.controlPlanes].flatMap(({ urn, name, operation, after }) =>
      operation === "same" ? [] : [{ urn, name, operation, inputsDigest: inputsDigest(after) }],
    ),
    verdict,
  };
}
