import { declaredView } from "../policies/declared-view.js";
import { judge, messageOf } from "../policies/judge.js";
import { RULES } from "../policies/rules/index.js";
import type { Stack } from "../stackfile/index.js";
import { pathInFile } from "./path-in-file.js";

/** A mandatory guardrail that the new stack violates and the source does not: it stops `up`. */
export interface NewViolation {
  readonly rule: string;
  /** Path in the new stack. */
  readonly object: string;
  /** Which object, what, why it matters, what to write instead. */
  readonly message: string;
}

export function newViolations(
  source: Stack,
  target: Stack,
  originOf: (name: string) => string | undefined,
  today: string,
): readonly NewViolation[] {
  const before = new Set(stopping(source, today).map(({ rule, object }) => `${rule.name} ${pathInFile(object.name)}`));
  return stopping(target, today)
    .filter(({ rule, object }) => !before.has(`${rule.name} ${originOf(object.name)}`))
    .map((verdict) => ({ rule: verdict.rule.name, object: verdict.object.name, message: messageOf(verdict) }));
}

function stopping(stack: Stack, today: string) {
  return judge(RULES, declaredView(stack), { today }).filter(({ level, exception }) => level === "mandatory" && exception === undefined);
}
