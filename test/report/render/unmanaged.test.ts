import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { reportHtml } from "../../../provider/report/render/html.js";
import { reportMarkdown } from "../../../provider/report/render/markdown.js";
import { reportText } from "../../../provider/report/render/text.js";
import { unmanagedObject } from "../support/unmanaged.js";
import { NOTHING, reportOf } from "./reports.js";

const PLAIN = { width: 200, color: false };
const count = (text: string, part: string) => text.split(part).length - 1;

const MANY = reportOf({
  unmanaged: Array.from({ length: 14 }, (_, index) =>
    unmanagedObject({
      id: `k${index}`,
      key: `stray-${index}`,
      severity: index < 3 ? "critical" : "medium",
      ageDays: index,
      environment: "other",
    }),
  ),
});

describe("what nobody declared, in a report", () => {
  it("is told after everything that the change does, the worst with why, and the rest counted", () => {
    const rows = reportText(MANY, PLAIN).trimEnd().split("\n");
    const begin = rows.indexOf("Nobody declared 14 objects: 3 critical, 11 medium. This change did not bring them.");
    expect(begin).toBeGreaterThan(0);
    expect(rows[begin + 2]).toBe("critical  ApiKey stray-1 in projects.checkout: It is a production key that works; other, made 1 day ago");
    expect(rows.slice(begin + 1)).toHaveLength(11);
    expect(rows.at(-1)).toBe("… 4 more medium, and for each what to write to adopt, ignore or remove it: --verbose shows them");
  });

  it("is told whole, with what to write, when asked", () => {
    const text = reportText(MANY, { ...PLAIN, verbose: true });
    expect(count(text, "adopt: legacy-prod: { adopt: require } # under projects.checkout.keys in checkout.yaml")).toBe(14);
    expect(text).not.toContain("--verbose");
    expect(reportText(MANY, { ...PLAIN, verbose: true, allUnmanaged: false })).toContain("4 more medium");
  });

  it("says nothing where there is none, or nobody looked", () => {
    for (const report of [NOTHING, { ...NOTHING, unmanaged: [] }])
      for (const text of [reportText(report, PLAIN), reportMarkdown(report, { maxCharacters: 9000 }), reportHtml(report)])
        expect(text).not.toContain("Nobody declared");
  });

  it("is folded in a comment, ten at most, each with lines that can be pasted as they stand", () => {
    const markdown = reportMarkdown(MANY, { maxCharacters: 60_000 });
    expect(markdown).toContain("<summary>Nobody declared 14 objects: 3 critical, 11 medium</summary>");
    expect(count(markdown, "```yaml")).toBe(10);
    expect(markdown).toContain("… and 4 more");
    const [block = ""] = /(?<=```yaml\n)[^`]*(?= {2}```)/.exec(markdown) ?? [];
    const [adopt, ignore] = block.split("\n");
    expect(parse(adopt ?? "")).toEqual({ "legacy-prod": { adopt: "require" } });
    expect(parse((ignore ?? "").trim())).toEqual([{ match: "legacy-prod", reason: "why" }]);
  });

  it("is left out of a comment before anything that the change does", () => {
    const report = { ...MANY, lines: [{ section: "rest", severity: "low", text: "a line", values: [], details: [] }] } as const;
    const markdown = reportMarkdown(report, { maxCharacters: 2000 });
    expect(markdown).toContain("a line");
    expect(markdown).toMatch(/Left out, since the comment would be too long: \d+ undeclared objects/);
  });

  it("stands whole on the page", () => {
    const page = reportHtml(MANY);
    expect(count(page, "<dt>adopt</dt>")).toBe(14);
    expect(page).toContain("<code>legacy-prod: { adopt: require } # under projects.checkout.keys in checkout.yaml</code>");
  });
});
