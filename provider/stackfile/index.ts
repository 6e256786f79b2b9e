export { loadSources, loadStack } from "./load.js";
export type {
  ControlPlaneSettings,
  Declaration,
  ExclusiveCollection,
  IgnoreRule,
  Problem,
  Reference,
  Stack,
} from "./model.js";
export { didYouMean } from "./nearest.js";
export { positionOf } from "./position-of.js";
export { renderProblem, StackProblems } from "./stack-problems.js";
