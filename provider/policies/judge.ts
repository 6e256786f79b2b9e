import { type Exception, exceptionFor, type House, houseOf, type Level, levelOf, settingsOf } from "./governance.js";
import type { Rule, Violation } from "./rule.js";
import type { Bag } from "./seen.js";
import { StackView } from "./stack-view.js";

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
  const level = levelOf(rule, house);
  if (level === "disabled") return [];
  const occasion = { settings: settingsOf(rule, house, configured), today, layout: house.layout };
  const applies = ({ object }: Violation) => rule.systems?.includes(object.system) ?? true;
  return rule
    .check(view, occasion)
    .filter(applies)
    .map((violation) => {
      const exception = exceptionFor(house, rule, violation.object.name, today);
      return { ...violation, rule, level: violation.onlyAdvice ? "advisory" : level, ...(exception ? { exception } : {}) };
    });
}

/** Judges all rules over everything that a stack declares. */
export function judge(rules: readonly Rule[], view: StackView, options: JudgeOptions): readonly Verdict[] {
  const house = houseOf(view.of("Governance")[0]);
  return rules.flatMap((rule) => judgeRule(rule, view, house, options));
}

/** What a rule finds in a whole stack and in none of its resources alone. */
export function judgeTogether(rule: Rule, view: StackView, house: House, options: JudgeOptions): readonly Verdict[] {
  const all = judgeRule(rule, view, house, options);
  if (rule.alone === undefined || all.length === 0) return all;
  return all.filter(
    (verdict) => !judgeRule(rule, new StackView([verdict.object]), house, options).some((alone) => alone.what === verdict.what),
  );
}

/** A violation as a person reads it: which object, what, why it matters, what to write instead. */
export function messageOf({ object, property, what, advice, rule }: Verdict): string {
  return `${object.kind} ${object.name}${property === undefined ? "" : ` (${property})`} ${what}. ${rule.why} ${advice}`;
}
