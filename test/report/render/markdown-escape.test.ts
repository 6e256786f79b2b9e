import { type Node, Parser } from "commonmark";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codeBlock, codeSpan, escapeMarkdown } from "../../../provider/report/render/markdown-escape.js";
import { printable } from "../../../provider/report/render/printable.js";
import { HOSTILE, hostileText } from "./hostile-text.js";

/** What both platforms look for in the text of a finished page, outside code: mentions, references, addresses, emoji, formulas. */
const MEANINGFUL = /[@#!~$&/\\<>`*_[\]{}^=+]|:[\w+-]+:|\w\.[a-z]|\b[0-9a-f]{7,64}\b|\w-\d+\b/i;

describe("text as Markdown", () => {
  it("shows exactly that text, but for backticks around code, and is nothing but text and code", () => {
    fc.assert(
      fc.property(fc.oneof(hostileText, quotingText), (text) => {
        const { types, shown } = read(escapeMarkdown(text));
        expect(types.filter((type) => !["document", "paragraph", "text", "code"].includes(type))).toEqual([]);
        expect(shown.replaceAll("`", "")).toBe(printable(text).replaceAll("`", ""));
        if (!/`[^`]+`/.test(printable(text))) expect(shown).toBe(printable(text));
      }),
      { numRuns: 2000 },
    );
  });

  it("leaves nothing outside code that the platforms make something of", () => {
    fc.assert(
      fc.property(fc.oneof(hostileText, quotingText), (text) => {
        expect(read(escapeMarkdown(text)).prose).not.toMatch(MEANINGFUL);
      }),
      { numRuns: 2000 },
    );
  });

  it("stays in its cell of a table, its list item and its heading", () => {
    fc.assert(
      fc.property(fc.oneof(hostileText, quotingText), (text) => {
        const escaped = escapeMarkdown(text);
        expect(escaped).not.toMatch(/[|\r\n]/);
        for (const [before, allowed] of Object.entries({ "## ": ["heading"], "- x ": ["list", "item", "paragraph"] })) {
          const { types } = read(before + escaped);
          expect(types.filter((type) => !["document", "text", "code", ...allowed].includes(type))).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("leaves a number that ends a sentence as it is, and lets none begin a list", () => {
    expect(escapeMarkdown("the cap rises to 250. Nobody 1) asked")).toBe("the cap rises to 250. Nobody 1) asked");
    expect(escapeMarkdown("1. one")).toBe("`1.` one");
  });

  it("leaves words as they are", () => {
    const sentence = "the cap rises from 25 to 1,250 (that's 50 times as much) → somebody's well-known project";
    expect(escapeMarkdown(sentence)).toBe(sentence);
  });

  it.each([
    ["Name that service in `consumer`.", "Name that service in `consumer`."],
    ["archive the project (`status: archived`).", "archive the project (`status: archived`)."],
    ["write `a|b` or `x @admin y`", "write `a`&#124;`b` or `x @admin y`"],
  ])("keeps code that is written as code in %j", (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
    expect(read(escaped).prose).not.toMatch(MEANINGFUL);
  });

  it("takes no backtick for code that stands in a word, is doubled, or has no other one", () => {
    for (const text of ["a`b`c", "``a`` b", "one ` alone", "x`y z`"]) expect(read(escapeMarkdown(text)).shown).toBe(text);
  });

  it("puts everything else into code", () => {
    expect(escapeMarkdown('kim@acme.example gains "projects/a|b".')).toBe('`kim@acme.example` gains "`projects/a`&#124;`b`".');
  });

  it.each(HOSTILE)("keeps a code span of %j one span, or several around pipes", (text) => {
    const { types, shown } = read(`x ${codeSpan(text)}`);
    expect(types.filter((type) => !["document", "paragraph", "text", "code"].includes(type))).toEqual([]);
    expect(shown).toBe(`x ${printable(text)}`.trim());
  });

  it.each(HOSTILE)("keeps a block of code one block that says %j and nothing else", (text) => {
    const lines = `${text.replaceAll(/[\r\n]+/g, "\n")}\nend`;
    expect(read(codeBlock(lines, "yaml"))).toMatchObject({ types: ["document", "code_block"], shown: `${lines}\n` });
  });
});

/** Hostile text inside and around backticks. */
const quotingText = fc
  .array(fc.tuple(hostileText, fc.constantFrom("`", " `", "` ", "(`", "`).", " ")), { maxLength: 5 })
  .map((pieces) => pieces.flat().join(""));

/** How a real parser reads it: the types of nodes, everything that is shown, and what of it is outside code. */
function read(markdown: string) {
  const nodes: Node[] = [];
  const walker = new Parser().parse(markdown).walker();
  for (let event = walker.next(); event !== null; event = walker.next()) if (event.entering) nodes.push(event.node);
  const literals = (types: readonly string[]) =>
    nodes
      .filter(({ type }) => types.includes(type))
      .map(({ literal }) => literal ?? "")
      .join("");
  return { types: nodes.map(({ type }) => type), shown: literals(["text", "code", "code_block"]), prose: literals(["text"]) };
}
