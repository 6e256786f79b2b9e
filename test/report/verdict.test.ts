import { describe, expect, it } from "vitest";
import type { ReportLine, Verdict } from "../../provider/report/report.js";
import { exitCodeOf, type FailOn, isStopped, reasonsFor, verdictOf } from "../../provider/report/verdict.js";
import { unmanagedObject } from "./support/unmanaged.js";

const CLOSED = {
  gate: "cap-raised",
  object: "budgets/all",
  change: "0123456789abcdef",
  what: "amountUsd rises",
  advice: "Raise it in steps.",
};
const OPENED = {
  closed: CLOSED,
  approval: {
    gate: CLOSED.gate,
    object: CLOSED.object,
    change: CLOSED.change,
    by: "cto@acme.example",
    reason: "agreed",
    until: "2026-12-31",
  },
};
const VIOLATION = { rule: "keys-expire", kind: "ApiKey", name: "keys/a", message: "ApiKey keys/a never expires." } as const;
const EXCEPTION = { reason: "replaced in January", until: "2026-12-31" };

const lineOf = (severity: ReportLine["severity"]): ReportLine => ({
  section: "rest",
  severity,
  text: `a ${severity} line`,
  values: [],
  details: [],
});

/** What may be there, by its name. */
const PARTS = {
  nothing: {},
  low: { lines: [lineOf("low")] },
  medium: { lines: [lineOf("medium"), lineOf("low")] },
  high: { lines: [lineOf("high")] },
  critical: { lines: [lineOf("critical")] },
  "critical and undeclared": { unmanaged: [unmanagedObject()] },
  "high and undeclared": { unmanaged: [unmanagedObject({ severity: "high" })] },
  advice: { violations: [{ ...VIOLATION, level: "advisory" }] },
  excepted: { violations: [{ ...VIOLATION, level: "mandatory", exception: EXCEPTION }] },
  mended: { violations: [{ ...VIOLATION, level: "remediate" }] },
  opened: { gates: { closed: [], opened: [OPENED] } },
  closed: { gates: { closed: [CLOSED], opened: [] } },
  violated: { violations: [{ ...VIOLATION, level: "mandatory" }] },
  failed: { failures: [{ name: "keys/a", message: "refused" }] },
  "violated, closed, critical": {
    violations: [{ ...VIOLATION, level: "mandatory" }],
    gates: { closed: [CLOSED], opened: [] },
    lines: [lineOf("critical")],
  },
  "opened, critical": { gates: { closed: [], opened: [OPENED] }, lines: [lineOf("critical")] },
} as const;

function judged(part: keyof typeof PARTS) {
  const { lines = [], ...input } = { violations: [], gates: { closed: [], opened: [] }, failures: [], ...PARTS[part] } as {
    violations: never[];
    gates: { closed: never[]; opened: never[] };
    failures: never[];
    lines?: readonly ReportLine[];
  };
  const reasons = reasonsFor(input, lines);
  return { reasons, verdict: verdictOf(reasons) };
}

describe("the verdict", () => {
  it.each<[keyof typeof PARTS, Verdict, number, number]>([
    ["nothing", "safe", 0, 0],
    ["low", "safe", 0, 0],
    ["advice", "safe", 0, 0],
    ["excepted", "safe", 0, 0],
    ["mended", "safe", 0, 0],
    ["medium", "review", 0, 3],
    ["high", "review", 0, 3],
    ["critical", "review", 0, 3],
    ["critical and undeclared", "review", 0, 3],
    ["high and undeclared", "safe", 0, 0],
    ["opened", "dangerous", 0, 3],
    ["opened, critical", "dangerous", 0, 3],
    ["closed", "dangerous", 3, 3],
    ["violated", "blocked", 3, 3],
    ["failed", "blocked", 3, 3],
    ["violated, closed, critical", "blocked", 3, 3],
  ])("of what is %s is %s: exit %i, and %i with --fail-on review", (part, verdict, exit, strict) => {
    const report = judged(part);
    expect(report.verdict).toBe(verdict);
    const codes = (["dangerous", "review"] as const satisfies readonly FailOn[]).map((failOn) => exitCodeOf(report, failOn));
    expect(codes).toEqual([exit, strict]);
    expect(isStopped(report)).toBe(exit === 3);
  });

  it("says which approval would open a closed gate, and by whom an open one was approved", () => {
    expect(judged("closed").reasons).toEqual([
      {
        verdict: "dangerous",
        text: "The gate cap-raised is closed for budgets/all: amountUsd rises.",
        approval: { gate: "cap-raised", object: "budgets/all", change: "0123456789abcdef" },
      },
    ]);
    expect(judged("opened").reasons).toEqual([
      {
        verdict: "dangerous",
        text: "The gate cap-raised is open for budgets/all: amountUsd rises. Approved by cto@acme.example until 2026-12-31.",
      },
    ]);
  });

  it("gives all reasons, the worst first", () => {
    expect(judged("violated, closed, critical").reasons.map(({ verdict, text }) => `${verdict}: ${text}`)).toEqual([
      "blocked: The guardrail keys-expire stops this run: ApiKey keys/a never expires.",
      "dangerous: The gate cap-raised is closed for budgets/all: amountUsd rises.",
      "review: Somebody should look at 1 critical. The worst: a critical line",
    ]);
  });

  it("counts what is worth a look, and leaves out what is low", () => {
    expect(judged("medium").reasons.map(({ text }) => text)).toEqual(["Somebody should look at 1 medium. The worst: a medium line"]);
  });
});
