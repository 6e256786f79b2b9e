import { shownLine } from "./render/shown-line.js";
import { stops, type ToldViolation } from "./violations.js";

const SIGNS = { advisory: "·", mandatory: "✗", remediate: "✓" } as const;

/** Findings as a person reads them, those that stop the run first. */
export function violationsText(violations: readonly ToldViolation[]): readonly string[] {
  return violations.map((violation) => {
    const { rule, level, message, position, exception, pack } = violation;
    const place = position === undefined ? "" : `${position.file}:${position.line}:${position.column}: `;
    const source = pack === undefined ? rule : `${rule} of ${pack}`;
    const accepted = exception === undefined ? "" : ` Accepted until ${exception.until}: ${exception.reason}`;
    const sign = exception === undefined ? SIGNS[level] : "·";
    return shownLine(`${sign} ${place}${message} [${source}, ${exception === undefined ? WORDS[level] : "excepted"}]${accepted}`);
  });
}

const WORDS = { advisory: "advice", mandatory: "stops this run", remediate: "mended on the way" } as const;

/** `2 guardrails stop this run, 3 pieces of advice`; empty when nothing was found. */
export function violationsSummary(violations: readonly ToldViolation[]): string {
  const stopping = violations.filter(stops).length;
  const excepted = violations.filter(({ exception }) => exception !== undefined).length;
  const advice = violations.length - stopping - excepted;
  return [
    stopping === 0 ? "" : `${stopping} ${stopping === 1 ? "violation stops" : "violations stop"} this run`,
    advice === 0 ? "" : `${advice} ${advice === 1 ? "piece" : "pieces"} of advice`,
    excepted === 0 ? "" : `${excepted} excepted`,
  ]
    .filter((part) => part !== "")
    .join(", ");
}
