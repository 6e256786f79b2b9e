import type { StackHead } from "../../export/stack-files.js";
import { toldViolations } from "../../report/violations.js";
import { today } from "../../today.js";
import { declaredVerdicts } from "../guardrails.js";
import type { Target } from "../target.js";

/**
 * The rules of the house for what was found. Where it breaks guardrails that would stop the run, or mend it on the way, they are told and
 * do nothing: what is there is taken over as it is, and mended afterwards.
 */
export function houseFor(target: Target): StackHead["governance"] {
  const violations = toldViolations(declaredVerdicts(target, today()), [], () => undefined);
  const acting = violations.filter(({ level, exception }) => level !== "advisory" && exception === undefined);
  if (acting.length === 0) return undefined;
  const things = acting.length === 1 ? "1 thing" : `${acting.length} things`;
  return {
    value: { preset: "audit-only" },
    why: `The guardrails have ${things} against what is there already. They only tell it here, so that everything is taken over as it is. Mend it (\`gatehouse audit\` lists it), then remove this line.`,
  };
}
