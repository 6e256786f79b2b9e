import type { Rule } from "./rule.js";

/** Level for which one policy of a rule speaks. */
export type Variant = "advisory" | "mandatory" | "remediate";

/** The levels at which a rule can speak, its recommended one first. */
export function variantsOf(rule: Rule): readonly Variant[] {
  const other: Variant = rule.level === "mandatory" ? "advisory" : "mandatory";
  return [rule.level, other, ...(rule.fix === undefined ? [] : (["remediate"] as const))];
}

/** Name of the policy: the rule's own at its recommended level, so that a pack's configuration finds it. */
export function policyName(rule: Rule, variant: Variant): string {
  return variant === rule.level ? rule.name : `${rule.name}.${variant}`;
}

/** The rule that a policy speaks for. */
export function ruleNameOf(policy: string): string {
  return policy.split(".")[0] ?? policy;
}
