import { EXIT, type ExitCode } from "../errors.js";
import { unmanagedName } from "./render/unmanaged-words.js";
import { type Reason, type Report, type ReportLine, SEVERITIES, VERDICTS, type Verdict } from "./report.js";
import type { ReportInput } from "./report-input.js";
import type { UnmanagedObject } from "./unmanaged-object.js";
import { stops } from "./violations.js";

/** Everything that speaks for each verdict but `safe`, worst first. */
export function reasonsFor(
  { violations, gates, failures, unmanaged = [] }: Pick<ReportInput, "violations" | "gates" | "failures" | "unmanaged">,
  lines: readonly ReportLine[],
): readonly Reason[] {
  return [
    ...failures.map(({ name, message }): Reason => ({ verdict: "blocked", text: name === undefined ? message : `${name}: ${message}` })),
    ...violations
      .filter(stops)
      .map(({ rule, message }): Reason => ({ verdict: "blocked", text: `The guardrail ${rule} stops this run: ${message}` })),
    ...gates.closed.map(
      ({ gate, object, change, what }): Reason => ({
        verdict: "dangerous",
        text: `The gate ${gate} is closed for ${object}: ${what}.`,
        approval: { gate, object, change },
      }),
    ),
    ...gates.opened.map(
      ({ closed: { gate, object, what }, approval: { by, until } }): Reason => ({
        verdict: "dangerous",
        text: `The gate ${gate} is open for ${object}: ${what}. Approved by ${by} until ${until}.`,
      }),
    ),
    ...toLookAt(lines),
    ...standing(unmanaged),
  ];
}

/** The worst that anything speaks for. */
export function verdictOf(reasons: readonly Reason[]): Verdict {
  return reasons.reduce<Verdict>((worst, { verdict }) => (VERDICTS.indexOf(verdict) > VERDICTS.indexOf(worst) ? verdict : worst), "safe");
}

/** The least that stops a run, besides what always does. */
export type FailOn = "dangerous" | "review";

/** True when a run must not go on: it is blocked, a gate is closed, or, where asked, anything needs a look. */
export function isStopped({ verdict, reasons }: Pick<Report, "verdict" | "reasons">, failOn: FailOn = "dangerous"): boolean {
  if (failOn === "review" && verdict !== "safe") return true;
  return verdict === "blocked" || reasons.some(({ approval }) => approval !== undefined);
}

/** How a command that made this report ends. */
export function exitCodeOf(report: Pick<Report, "verdict" | "reasons">, failOn: FailOn = "dangerous"): ExitCode {
  return isStopped(report, failOn) ? EXIT.stopped : EXIT.fine;
}

/** What stands there whatever the change does is never worse than worth a look, and less than critical is not even that. */
function standing(unmanaged: readonly UnmanagedObject[]): readonly Reason[] {
  const critical = unmanaged.filter(({ severity }) => severity === "critical");
  const [worst] = critical;
  if (worst === undefined) return [];
  const objects = critical.length === 1 ? "1 critical object" : `${critical.length} critical objects`;
  return [{ verdict: "review", text: `Nobody declared ${objects}, whatever this change does. The worst: ${unmanagedName(worst)}.` }];
}

/** Of no change's making: what stops a run has reasons of its own, and what only ends soon would make every run one to look at. */
const NOT_TO_LOOK_AT: readonly ReportLine["section"][] = ["stopped", "ends"];

/** One reason for all lines, with the worst of them. */
function toLookAt(lines: readonly ReportLine[]): readonly Reason[] {
  const worthALook = lines.filter(({ section, severity }) => !NOT_TO_LOOK_AT.includes(section) && severity !== "low");
  const [worst] = worthALook;
  if (worst === undefined) return [];
  const counts = SEVERITIES.flatMap((severity) => {
    const count = worthALook.filter((line) => line.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}`];
  });
  return [{ verdict: "review", text: `Somebody should look at ${counts.join(", ")}. The worst: ${worst.text}` }];
}
