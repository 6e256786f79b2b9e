import { describe, expect, it } from "vitest";
import type { Place } from "../../../provider/report/violations.js";
import { created, kept, updated } from "../../gates/support/plan.js";
import { linesIn, reportOfPlan } from "../support/report-of-plan.js";

const PLACE: Place = { file: "gatehouse.yaml", line: 12, column: 3 };
const placeOf = (name: string, property: string | undefined) =>
  name !== "budgets/all" ? undefined : property === "amountUsd" ? { ...PLACE, line: 14 } : PLACE;
const RAISED = updated("Budget", "budgets/all", { name: "all", amountUsd: 300, period: "month" }, { amountUsd: 3000 });
const APPROVAL = (change: string) => ({
  gate: "cap-raised",
  object: "budgets/all",
  change,
  by: "cto@acme.example",
  reason: "agreed with the team",
  until: "2026-12-31",
});

describe("lines about gates", () => {
  it("name the gate, the digest that an approval repeats, the place and what to do", () => {
    const [line] = reportOfPlan([RAISED], { placeOf }).lines;
    expect(line).toMatchObject({
      section: "stopped",
      severity: "critical",
      text: "budgets/all: amountUsd rises from 300 to 3000",
      object: "budgets/all",
      kind: "Budget",
      operation: "update",
      rule: "cap-raised",
      place: PLACE,
    });
    expect(line?.change).toMatch(/^[0-9a-f]{12,64}$/);
    expect(line?.details[0]).toBe("A zero too many is spent before anybody reads the bill.");
    expect(line?.details[1]).toContain("Raise it in steps of at most ×2");
  });

  it("move to the approvals when somebody approved the change before, with who and why", () => {
    const change = reportOfPlan([RAISED]).reasons[0]?.approval?.change ?? "";
    const report = reportOfPlan([RAISED, kept("Governance", "governance", { approvals: [APPROVAL(change)] })]);
    expect(report.verdict).toBe("dangerous");
    expect(report.lines.filter(({ section }) => section === "stopped")).toEqual([]);
    expect(report.lines.find(({ rule }) => rule === "cap-raised")).toMatchObject({
      section: "approvals",
      severity: "high",
      change,
      details: expect.arrayContaining(["approved because: agreed with the team"]),
    });
  });

  it("stay when the approval is part of the same change, which is a critical line itself", () => {
    const change = reportOfPlan([RAISED]).reasons[0]?.approval?.change ?? "";
    const { lines } = reportOfPlan([RAISED, created("Governance", "governance", { approvals: [APPROVAL(change)] })]);
    expect(lines.slice(0, 2).map(({ section, severity }) => `${section} ${severity}`)).toEqual(["stopped critical", "approvals critical"]);
  });

  it("do not keep the change itself from being told, at the property's own place", () => {
    const line = reportOfPlan([RAISED], { placeOf }).lines.find(({ section }) => section === "limits");
    expect(line).toMatchObject({ place: { line: 14 }, values: [{ property: "amountUsd", before: 300, after: 3000 }] });
  });
});

describe("lines about guardrails", () => {
  const violation = {
    rule: "keys-expire",
    kind: "ApiKey",
    name: "keys/a",
    message: "ApiKey keys/a never expires.\nWrite expiresAt.",
    position: PLACE,
  };

  it("stop, advise or tell an exception, each in its section, with rule and place", () => {
    const { lines } = reportOfPlan([], {
      violations: [
        { ...violation, level: "mandatory" },
        { ...violation, level: "mandatory", exception: { reason: "replaced in January", until: "2026-12-31" } },
        { ...violation, level: "advisory", pack: "our-own" },
        { ...violation, level: "remediate" },
      ],
    });
    expect(lines.map(({ section, severity, rule, place, details }) => ({ section, severity, rule, place, details }))).toEqual([
      { section: "stopped", severity: "high", rule: "keys-expire", place: PLACE, details: [] },
      {
        section: "approvals",
        severity: "low",
        rule: "keys-expire",
        place: PLACE,
        details: ["excepted until 2026-12-31: replaced in January"],
      },
      { section: "advice", severity: "low", rule: "keys-expire of our-own", place: PLACE, details: [] },
      { section: "advice", severity: "low", rule: "keys-expire", place: PLACE, details: ["it is mended on the way"] },
    ]);
  });

  it("are of one line each", () => {
    const { lines, reasons } = reportOfPlan([], { violations: [{ ...violation, level: "mandatory" }] });
    for (const { text } of [...lines, ...reasons]) expect(text).not.toContain("\n");
    expect(lines[0]?.text).toBe("ApiKey keys/a never expires. Write expiresAt.");
  });
});

describe("lines about governance", () => {
  it("tell what is left of it in the rest, and nothing twice", () => {
    const steps = [
      updated("Governance", "governance", {}, { preset: "audit-only", layout: "perTeam", approvals: [APPROVAL("0123456789abcdef")] }),
    ];
    expect(linesIn("approvals", steps)).toHaveLength(2);
    expect(linesIn("rest", steps)).toEqual(["low: Governance governance changes: layout"]);
  });

  it("say that an approval passes to somebody else", () => {
    const before = { approvals: [APPROVAL("0123456789abcdef")] };
    const after = { approvals: [{ ...APPROVAL("0123456789abcdef"), by: "mallory@acme.example" }] };
    expect(linesIn("approvals", [updated("Governance", "governance", before, after)])).toEqual([
      "critical: approval of gate cap-raised for budgets/all by mallory@acme.example (change 0123456789abcdef) is added, until 2026-12-31",
      "low: approval of gate cap-raised for budgets/all by cto@acme.example (change 0123456789abcdef) is removed",
    ]);
  });

  it.each([
    ["a stricter preset", { preset: "audit-only" }, { preset: "strict" }],
    ["a stricter level", { settings: { "keys-expire": "advisory" } }, { settings: { "keys-expire": "mandatory" } }],
  ])("do not call %s a loosening", (_, before, after) => {
    expect(linesIn("approvals", [updated("Governance", "governance", before, after)])).toEqual([]);
  });
});

describe("lines about failures and findings", () => {
  it("tell the first line of a failure, with the others in the details", () => {
    const [line] = reportOfPlan([], {
      failures: [{ name: "budgets/all", message: "the control plane refused\nrequest 42" }],
      placeOf,
    }).lines;
    expect(line).toMatchObject({
      text: "budgets/all: the control plane refused",
      details: ["request 42"],
      place: PLACE,
      section: "stopped",
    });
  });

  it("tell where the object of a finding stands", () => {
    const finding = { kind: "Budget", name: "budgets/all", property: "status", value: "missing", message: "is missing" };
    expect(reportOfPlan([], { findings: [finding], placeOf }).lines).toMatchObject([
      { section: "findings", text: "Budget budgets/all is missing", place: PLACE },
    ]);
  });
});
