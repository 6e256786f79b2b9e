import { type Exception, exceptionFor, type House, houseOf, type Level, levelOf, levelOfViolation, settingsOf } from "./governance.js";
import type { Rule, Violation } from "./rule.js";
import type { Bag } from "./seen.js";
import type { StackView } from "./stack-view.js";

/** A violation with what is done about it. */
export interface Verdict extends Violation {
  readonly rule: Rule;
  readonly level: Exclude<Level, "disabled">;
  /** The exception that covers it: it is told and stops nothing. */
  readonly exception?: Exception;
}

export interface JudgeOptions {
  /** Today as `2026-11-21`. */
  readonly today: string;
  /** Settings from a pack's configuration. */
  readonly configured?: Bag;
}

/** Judges one rule over a view. Exceptions that are in force mark what they cover. */
export function judgeRule(rule: Rule, view: StackView, house: House, { today, configured }: JudgeOptions): readonly Verdict[] {
  if (levelOf(rule, house) === "disabled") return [];
  const occasion = { settings: settingsOf(rule, house, configured), today, layout: house.layout };
  const applies = ({ object }: Violation) => rule.systems?.includes(object.system) ?? true;
  return rule
    .check(view, occasion)
    .filter(applies)
    .map((violation) => {
      const exception = exceptionFor(house, rule, violation.object.name, today);
      const level = levelOfViolation(rule, violation, house) as Verdict["level"];
      return { ...violation, rule, level, ...(exception ? { exception } : {}) };
    });
}

/** Judges all rules over everything that a stack declares. */
export function judge(rules: readonly Rule[], view: StackView, options: JudgeOptions): readonly Verdict[] {
  const house = houseOf(view.of("Governance")[0]);
  return rules.flatMap((rule) => judgeRule(rule, view, house, options));
}

/** A violation as a person reads it: which object, what, why it matters, what to write instead. */
export function messageOf({ object, property, what, advice, rule }: Verdict): string {
  return `${object.kind} ${object.name}${property === undefined ? "" : ` (${property})`} ${what}. ${rule.why} ${advice}`;
}
