export { loadStack } from "./load.js";
export type {
  ControlPlaneSettings,
  Declaration,
  EndedDeclaration,
  ExclusiveCollection,
  IgnoreRule,
  Position,
  Problem,
  Reference,
  Stack,
} from "./model.js";
export { didYouMean } from "./nearest.js";
export { positionOf } from "./position-of.js";
export { renderPosition, renderProblem, StackProblems } from "./stack-problems.js";
