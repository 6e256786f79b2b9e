export { type End, isOverdue, isTold, soonestFirst } from "./end.js";
export { endsInStack } from "./ends-in-stack.js";
export { endsInView } from "./ends-in-view.js";
export { endText } from "./words.js";
