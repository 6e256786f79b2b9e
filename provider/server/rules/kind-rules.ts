export type { ActionResult, KindRules, RulesByKind } from "../profiles/profile.js";
