import { type Node, Parser } from "commonmark";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codeBlock, codeSpan, escapeMarkdown } from "../../../provider/report/render/markdown-escape.js";
import { printable } from "../../../provider/report/render/printable.js";
import { HOSTILE, hostileText } from "./hostile-text.js";

/** What both platforms look for in the text of a finished page, outside code: mentions, references, addresses, emoji, formulas. */
const MEANINGFUL = /[@#!~$&/\\<>`*_[\]{}^=+]|:[\w+-]+:|\w\.[a-z]|\b[0-9a-f]{7,64}\b|\w-\d+\b/i;

describe("text as Markdown", () => {
  it("shows exactly that text and is nothing but text and code", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const { types, shown } = read(escapeMarkdown(text));
        expect(types.filter((type) => !["document", "paragraph", "text", "code"].includes(type))).toEqual([]);
        expect(shown).toBe(printable(text));
      }),
      { numRuns: 2000 },
    );
  });

  it("leaves nothing outside code that the platforms make something of", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(read(escapeMarkdown(text)).prose).not.toMatch(MEANINGFUL);
      }),
      { numRuns: 2000 },
    );
  });

  it("stays in its cell of a table, its list item and its heading", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
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

  it("leaves words as they are", () => {
    const sentence = "the cap rises from 25 to 1,250 (that's 50 times as much) → somebody's well-known project";
    expect(escapeMarkdown(sentence)).toBe(sentence);
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
