export { isInForce } from "./collections.js";
export { loadSources, loadStack } from "./load.js";
export type {
  ControlPlaneSettings,
  Declaration,
  EndedDeclaration,
  ExclusiveCollection,
  Position,
  Problem,
  Reference,
  RuleByName,
  Stack,
} from "./model.js";
export { didYouMean } from "./nearest.js";
export { positionOf } from "./position-of.js";
export { renderPosition, renderProblem, StackProblems } from "./stack-problems.js";
export { type Target, targetsAmong } from "./targets.js";
