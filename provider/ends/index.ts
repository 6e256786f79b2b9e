export { type End, isNear, isOverdue, soonestFirst } from "./end.js";
export { endsInStack } from "./ends-in-stack.js";
export { endsInView } from "./ends-in-view.js";
export { endText, timeText } from "./words.js";
