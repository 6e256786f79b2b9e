import { stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { reportText } from "../../../provider/report/render/text.js";
import { hostileText } from "./hostile-text.js";
import { BLOCKED, ESCALATION, FLOOD, lineOf, NAMED, reportOf, reportSaying } from "./reports.js";

const PLAIN = { width: 80, color: false };

describe("the report on a terminal", () => {
  it.each(["ESCALATION", "BLOCKED", "NOTHING"] as const)("of %s is the reviewed one", async (name) => {
    await expect(reportText(NAMED[name], PLAIN)).toMatchFileSnapshot(`golden/${name.toLowerCase()}.txt`);
  });

  it("of everything, when asked, is the reviewed one", async () => {
    await expect(reportText(ESCALATION, { ...PLAIN, verbose: true })).toMatchFileSnapshot("golden/escalation.verbose.txt");
  });

  it("fits one screen for a usual change, and shows old and new values there", () => {
    const rows = reportText(ESCALATION, PLAIN).trimEnd().split("\n");
    expect(rows.length).toBeLessThanOrEqual(24);
    expect(rows.join("\n")).toContain("role: member → admin");
  });

  it("says the amounts of a ceiling once", () => {
    expect(reportText(ESCALATION, { ...PLAIN, verbose: true }).match(/25 → 250/g)).toHaveLength(1);
  });

  it("folds lines of low severity and says how many", () => {
    const text = reportText(FLOOD, PLAIN);
    expect(text).toContain("mallory@acme.example gains billing");
    expect(text).toContain("… and 200 more low: --verbose shows them");
    expect(text).not.toContain("projects/p0");
  });

  it("folds nothing of critical or high severity, however long the report gets", () => {
    const lines = Array.from({ length: 60 }, (_, index) =>
      lineOf({ severity: index < 30 ? "critical" : "high", text: `number ${index}.` }),
    );
    const text = reportText(reportOf({ lines }), PLAIN);
    expect(lines.filter((line) => !text.includes(line.text))).toEqual([]);
  });

  it("shows a few reasons and counts the rest", () => {
    const reasons = Array.from({ length: 9 }, (_, index) => ({ verdict: "blocked" as const, text: `reason number ${index}` }));
    const text = reportText(reportOf({ reasons }), PLAIN);
    expect(text).toContain("reason number 4");
    expect(text).not.toContain("reason number 5");
    expect(text).toContain("4 more reasons");
  });

  it("gives approvals as YAML that is ready to paste", () => {
    const rows = reportText(ESCALATION, PLAIN).split("\n");
    const from = rows.findIndex((row) => row.includes("- {"));
    const yaml = rows.slice(from, rows.indexOf("", from)).join("\n");
    expect(parse(yaml)).toEqual([
      {
        gate: "cap-raised",
        object: "projects/checkout/keys/checkout-prod",
        change: "1234567890123456",
        by: "…",
        reason: "…",
        until: "…",
      },
    ]);
  });

  it("keeps to the width with hanging indents", () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 40, max: 120 }), (text, width) => {
        // What is to be pasted stays whole: an approval's entries, and what to write about what nobody declared.
        const report = { ...reportSaying(text.slice(0, 10)), reasons: [{ verdict: "review" as const, text }] };
        const tooWide = reportText(report, { width, color: false, verbose: true, allUnmanaged: false })
          .split("\n")
          .filter((row) => [...row].length > width);
        expect(tooWide).toEqual([]);
      }),
    );
  });

  it("moves no cursor and rings no bell, whatever the stack file says", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(reportText(reportSaying(text), { ...PLAIN, verbose: true }).replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }),
    );
  });

  it("has colour only when asked, and says the same with it", () => {
    const colored = reportText(BLOCKED, { width: 80, color: true });
    expect(colored).toContain("\u001b[");
    expect(stripVTControlCharacters(colored)).toBe(reportText(BLOCKED, PLAIN));
  });
});
