import { type Node, Parser } from "commonmark";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reportMarkdown } from "../../../provider/report/render/markdown.js";
import { hostileText } from "./hostile-text.js";
import { BLOCKED, ESCALATION, FLOOD, lineOf, NAMED, NOTHING, reportOf, reportSaying } from "./reports.js";

/** What GitHub accepts. */
const LIMIT = 65_536;
const ARTEFACT = "https://ci.example/runs/1/report.html";

/** The only HTML that a comment is made of. */
const OWN_HTML = /^(?:<br>|<sub>|<\/sub>|<\/?details>|<details>\n<summary>[\w ,:]+<\/summary>)$/;

describe("the comment", () => {
  it.each(["ESCALATION", "BLOCKED", "NOTHING"] as const)("on %s is the reviewed one", async (name) => {
    const comment = reportMarkdown(NAMED[name], { maxCharacters: LIMIT, artefactUrl: ARTEFACT });
    await expect(comment).toMatchFileSnapshot(`golden/${name.toLowerCase()}.md`);
  });

  it("has the one risky line among 200 harmless ones within its first nine lines, which leaves one for a marker", () => {
    const top = reportMarkdown(FLOOD, { maxCharacters: LIMIT }).split("\n").slice(0, 9).join("\n");
    expect(top).toContain("`mallory@acme.example` gains billing");
  });

  it("keeps within the length by leaving out what matters least, and says how much and where it is", () => {
    const comment = reportMarkdown(FLOOD, { maxCharacters: 4000, artefactUrl: ARTEFACT });
    expect(comment.length).toBeLessThanOrEqual(4000);
    expect(comment.length).toBeGreaterThan(3900);
    expect(comment).toContain("mallory");
    const shown = comment.match(/has another color/g)?.length ?? 0;
    expect(comment).toContain(`too long: ${200 - shown} low.** [The whole report](<${ARTEFACT}>) shows them.`);
  });

  it("names the command where there is no artefact", () => {
    expect(reportMarkdown(FLOOD, { maxCharacters: 4000 })).toContain("`gatehouse preview --verbose` shows them.");
  });

  it("leaves out lines of low severity before details and access, and those before anything risky", () => {
    const comment = reportMarkdown({ ...ESCALATION, lines: [...ESCALATION.lines, ...FLOOD.lines.slice(1)] }, { maxCharacters: 2400 });
    expect(comment.length).toBeLessThanOrEqual(2400);
    for (const line of ESCALATION.lines.slice(0, 5))
      expect(comment).toContain(line.place === undefined ? "projects/old" : `:${line.place.line}\``);
    expect(comment).toContain('gate: "cap-raised"');
    expect(comment).toMatch(/206 low/);
  });

  it("keeps within the length whatever the lines are like, also when risky ones must go", () => {
    const severities = fc.constantFrom("critical" as const, "high" as const, "medium" as const, "low" as const);
    const lines = fc.array(fc.record({ text: fc.string({ maxLength: 3000 }), severity: severities }), { maxLength: 60 });
    fc.assert(
      fc.property(lines, fc.integer({ min: 2000, max: 20_000 }), (some, maxCharacters) => {
        const comment = reportMarkdown(reportOf({ lines: some.map(lineOf) }), { maxCharacters, artefactUrl: ARTEFACT });
        expect(comment.length).toBeLessThanOrEqual(maxCharacters);
      }),
    );
  });

  it("refuses a length in which nothing can be said, and an address that is none of the web", () => {
    expect(() => reportMarkdown(NOTHING, { maxCharacters: 100 })).toThrow(RangeError);
    expect(() => reportMarkdown(NOTHING, { maxCharacters: LIMIT, artefactUrl: "javascript:alert(1)" })).toThrow(TypeError);
  });

  it("holds no link, image, heading, rule or HTML but its own, whatever the stack file says", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const nodes = nodesOf(reportMarkdown(reportSaying(text), { maxCharacters: LIMIT }));
        expect(nodes.filter(({ type }) => ["link", "image", "thematic_break", "block_quote", "emph"].includes(type))).toEqual([]);
        expect(nodes.filter(({ type }) => type === "heading")).toHaveLength(1);
        const foreign = nodes.filter(({ type, literal }) => type.startsWith("html") && !OWN_HTML.test(literal ?? ""));
        expect(foreign.map(({ literal }) => literal)).toEqual([]);
        const mentions = nodes.filter(({ type, literal }) => type === "text" && /[@#]|:\/\/|www\./.test(literal ?? ""));
        expect(mentions.map(({ literal }) => literal)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("has one row of access for all who are alike in it", () => {
    const [row] = ESCALATION.access;
    if (row === undefined) throw new Error("the report has no row of access");
    const access = ["ann", "ben", "cem", "dee", "eva"].map((subject) => ({ ...row, subject }));
    const comment = reportMarkdown(reportOf({ access }), { maxCharacters: LIMIT });
    expect(comment).toContain("| person `ann`, `ben`, `cem` and 2 more | every project on main |");
    expect(comment).not.toContain("eva");
  });

  it("puts the worst reason first", () => {
    const comment = reportMarkdown(BLOCKED, { maxCharacters: LIMIT });
    expect(comment.indexOf("key-has-expiry")).toBeLessThan(comment.indexOf("A key without an end"));
  });
});

function nodesOf(markdown: string): readonly Node[] {
  const nodes: Node[] = [];
  const walker = new Parser().parse(markdown).walker();
  for (let event = walker.next(); event !== null; event = walker.next()) if (event.entering) nodes.push(event.node);
  return nodes;
}
