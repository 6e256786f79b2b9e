import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { RULES as GUARDRAILS } from "../provider/policies/rules/index.js";
import { RULES as anyint } from "./rules/anyint.js";
import { RULES as floopy } from "./rules/floopy.js";
import { RULES as olyx } from "./rules/olyx.js";
import { RULES as qodex } from "./rules/qodex.js";
import { RULES as routerly } from "./rules/routerly.js";

/** `gate`: held before a change, of which the desired state shows nothing. */
type Standing = "tested" | "guardrail" | "gate" | { readonly waived: string };

/** Numbered rules of each system: how many there are, where each of them stands, and which must not be waived. */
const SYSTEMS: Readonly<Record<string, { letter: string; count: number; rules: Readonly<Record<string, Standing>>; firm: string }>> = {
  floopy: { letter: "F", count: 71, rules: floopy, firm: "5-11 15-17 19-20 23-29 33-36 38-47 49 60" },
  olyx: { letter: "O", count: 79, rules: olyx, firm: "5-6 8 14 24-25 40-44 47-48 50-53 65-67" },
  routerly: { letter: "R", count: 59, rules: routerly, firm: "18-23 30-33 40 43 45-50" },
  qodex: { letter: "Q", count: 75, rules: qodex, firm: "2-3 6 12-13 17-20 23-24 26-27 37-47 55-57" },
  anyint: { letter: "A", count: 61, rules: anyint, firm: "2-9 16 18-20 31-38 51" },
};

/** Names of the tests that speak raw HTTP. */
const RAW = namesIn("server");
/** Names of the tests that speak raw HTTP, go through an adapter or watch the client. */
const TESTS = [...RAW, ...namesIn("adapters"), ...namesIn("adapters/specific"), ...namesIn("http")];
const GATES = namesIn("gates");

function testFiles(folder: string): readonly { readonly file: string; readonly text: string }[] {
  const path = fileURLToPath(new URL(`${folder}/`, import.meta.url));
  const files = readdirSync(path).filter((file) => file.endsWith(".test.ts"));
  return files.map((file) => ({ file, text: readFileSync(path + file, "utf8") }));
}

/** Names of tests and of groups of tests; those of a table hold its columns' marks. */
function namesIn(folder: string): readonly string[] {
  return testFiles(folder).flatMap(({ text }) =>
    [...text.matchAll(/(?:^|[\s.\])])(?:test|it|describe|for|each)?\(\s*(["`])((?:(?!\1).)+)\1,/g)].map(([, , name]) => String(name)),
  );
}

function untested(rules: Readonly<Record<string, Standing>>, standing: Standing, names: readonly string[]): readonly string[] {
  const marked = Object.entries(rules).flatMap(([rule, where]) => (where === standing ? [rule] : []));
  return marked.filter((rule) => !names.some((name) => new RegExp(`\\b${rule}\\b`).test(name)));
}

function numbered(letter: string, number: number): string {
  return `${letter}-${String(number).padStart(2, "0")}`;
}

function expand(letter: string, ranges: string): readonly string[] {
  return ranges.split(" ").flatMap((range) => {
    const [from = 0, to = from] = range.split("-").map(Number);
    return Array.from({ length: to - from + 1 }, (_, index) => numbered(letter, from + index));
  });
}

describe.each(Object.entries(SYSTEMS))("the rules of %s", (_name, { letter, count, rules, firm }) => {
  it("stand in the table, every one and no other", () => {
    const all = Array.from({ length: count }, (_, index) => numbered(letter, index + 1));
    expect(Object.keys(rules).toSorted()).toEqual(all.toSorted());
  });

  it("are waived with a reason, and the firm ones not at all", () => {
    const waived = Object.entries(rules).flatMap(([rule, standing]) =>
      typeof standing === "object" ? [{ rule, why: standing.waived }] : [],
    );
    expect(waived.filter(({ why }) => why.length < 15)).toEqual([]);
    expect(waived.map(({ rule }) => rule).filter((rule) => expand(letter, firm).includes(rule))).toEqual([]);
  });

  it("have a guardrail that enforces them where they count as one", () => {
    const enforced = new Set(GUARDRAILS.flatMap(({ enforces }) => enforces));
    const marked = Object.entries(rules).flatMap(([rule, standing]) => (standing === "guardrail" ? [rule] : []));
    expect(marked.filter((rule) => !enforced.has(rule))).toEqual([]);
  });

  it("have their number in the name of a test where they count as tested", () => {
    expect(untested(rules, "tested", TESTS)).toEqual([]);
    expect(untested(rules, "gate", GATES)).toEqual([]);
  });

  it("are tested over raw HTTP where they are firm", () => {
    expect(untested(rules, "tested", RAW).filter((rule) => expand(letter, firm).includes(rule))).toEqual([]);
  });
});

it("the tests over raw HTTP import neither schema/ nor provider/: they say literally what goes over the wire", () => {
  const imports = testFiles("server").filter(({ text }) => /from "\.\.\/\.\.\/(schema|provider)\//.test(text));
  expect(imports.map(({ file }) => file)).toEqual([]);
});
