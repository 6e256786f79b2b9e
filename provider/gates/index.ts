export { approvalsAdded, approvalsRecorded } from "./approvals.js";
export { cascadeOf, cascadeText } from "./cascade.js";
export { changeSetOf } from "./change-set.js";
export { changeDigest } from "./digest.js";
export type { ChangeSet, Facts, LiveObject, LivePlane, LiveState, ObjectStep } from "./facts.js";
export type { Closed, Gate } from "./gate.js";
export { GATES } from "./gates/index.js";
export { type Judgement, judgeGates } from "./judge.js";
export { sameByName } from "./live-objects.js";
