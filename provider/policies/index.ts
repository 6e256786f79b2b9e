/** What a policy pack of one's own can be made of: our rules, and the way to turn rules into Pulumi's policies. */
export { policiesOf } from "./pack.js";
export { defineRule, type Rule, setting, type Violation } from "./rule.js";
export { RULES } from "./rules/index.js";
export { known, type SeenObject, UNKNOWN } from "./seen.js";
export { StackView } from "./stack-view.js";
