import type { Reason, Report, ReportLine, Severity } from "../report.js";
import { approvalEntries, approvalsOf } from "./approval-yaml.js";
import { inkOf, SEVERITY_INKS, VERDICT_INKS } from "./ink.js";
import { printable } from "./printable.js";
import { unmanagedRows } from "./unmanaged-text.js";
import { countsText, placeText, severitiesText, titleOf, VERDICT_WORDS, valueWords, worstFirst } from "./words.js";
import { packed, wrapped } from "./wrap.js";

export interface TextOptions {
  /** Characters a line may have; at least 40 are used. */
  readonly width: number;
  readonly color: boolean;
  /** Everything, however long. Otherwise what matters less is folded so that a usual report fits the height. */
  readonly verbose?: boolean;
  /** Lines of a screen; 24 when absent. */
  readonly height?: number;
  /** Every object that nobody declared, with what to write about it; as `verbose` when absent. */
  readonly allUnmanaged?: boolean;
}

const LABEL_WIDTH = 10;
/** As many reasons, with their approvals, as leave room for the lines. */
const FEW_REASONS = 5;

/** A part of the text that is shown whole or not at all. */
interface Block {
  readonly line: ReportLine;
  readonly what: "head" | "values" | "details";
  readonly rows: readonly string[];
}

/**
 * The report for a terminal: the verdict, its reasons with the approvals that would lift them, then the lines, worst first. Lines of
 * critical and high severity are never folded; the others, and old and new values, are shown while they fit the height.
 */
export function reportText(report: Report, { width, color, verbose = false, height = 24, allUnmanaged = verbose }: TextOptions): string {
  const columns = Math.max(width, 40);
  const reasons = verbose ? worstFirst(report.reasons) : worstFirst(report.reasons).slice(0, FEW_REASONS);
  const head = [...verdictRows(report, columns, color), ...reasonRows(reasons, columns, color)];
  const blocks = report.lines.flatMap((line) => blocksOf(line, columns, color));
  // One row is for the blank line after the head, two are for what tells of the folded.
  const shown = new Set(verbose ? blocks : unfolded(blocks, height - head.length - 3));
  const body = blocks.filter((block) => shown.has(block)).flatMap(({ rows }) => rows);
  const folded = foldedText(
    blocks.filter((block) => !shown.has(block)),
    report.reasons.length - reasons.length,
  );
  const foot = folded === "" ? [] : wrapped(`… and ${folded}: --verbose shows them`, columns);
  const unmanaged = unmanagedRows(report.unmanaged, { width: columns, color, all: allUnmanaged });
  const parts = [head, [...body, ...foot], unmanaged].filter((rows) => rows.length > 0);
  return `${parts.map((rows) => rows.join("\n")).join("\n\n")}\n`;
}

function verdictRows(report: Report, width: number, color: boolean): readonly string[] {
  const { verdict, lines } = report;
  const word = VERDICT_WORDS[verdict].toUpperCase();
  const severities = severitiesText(lines.map(({ severity }) => severity));
  const [first = "", ...rest] = wrapped(
    [`${word}  ${titleOf(report)}: ${countsText(report)}`, ...(severities === "" ? [] : [severities])].join("; "),
    width,
    "",
    "  ",
  );
  return [inkOf(VERDICT_INKS[verdict], color)(word) + first.slice(word.length), ...rest];
}

function reasonRows(reasons: readonly Reason[], width: number, color: boolean): readonly string[] {
  const told = reasons.flatMap(({ verdict, text }) => {
    const ink = inkOf(VERDICT_INKS[verdict], color);
    return wrapped(printable(text), width, "  * ").map((row, index) => (index === 0 ? row.replace("*", () => ink("*")) : row));
  });
  const approvals = approvalsOf(reasons).flatMap((approval) => {
    const entries = approvalEntries(approval).map((entry, index, all) => (index === all.length - 1 ? `${entry} }` : `${entry},`));
    return packed(entries, width - 8).map((row, index) => `${index === 0 ? "    - { " : "        "}${row}`);
  });
  return approvals.length === 0 ? told : [...told, "  To approve, apply under governance.approvals, by itself:", ...approvals];
}

function blocksOf(line: ReportLine, width: number, color: boolean): readonly Block[] {
  const indent = " ".repeat(LABEL_WIDTH);
  const place = placeText(line);
  const text = printable(line.text) + (place === undefined ? "" : ` (${place})`);
  const label = line.severity.padEnd(LABEL_WIDTH);
  const [first = "", ...rest] = wrapped(text, width, label);
  const heads = [inkOf(SEVERITY_INKS[line.severity], color)(label) + first.slice(LABEL_WIDTH), ...rest];
  const values = valueWords(line);
  return [
    { line, what: "head" as const, rows: heads },
    { line, what: "values" as const, rows: values.length === 0 ? [] : wrapped(values.join("; "), width, `${indent}  `) },
    { line, what: "details" as const, rows: line.details.flatMap((detail) => wrapped(printable(detail), width, `${indent}  - `)) },
  ].filter(({ rows }) => rows.length > 0);
}

const WORSE: readonly Severity[] = ["critical", "high"];

/** What is shown first where not everything is. Lines of low severity are shown all together or not at all. */
const STEPS: readonly ((blocks: readonly Block[]) => readonly (readonly Block[])[])[] = [
  (blocks) => singly(blocks.filter(({ what, line }) => what === "head" && line.severity === "medium")),
  (blocks) => singly(blocks.filter(({ what, line }) => what === "values" && line.severity !== "low")),
  (blocks) => [blocks.filter(({ what, line }) => what === "head" && line.severity === "low")],
  (blocks) => singly(blocks.filter(({ what, line }) => what === "details" || (what === "values" && line.severity === "low"))),
];

function singly(blocks: readonly Block[]): readonly (readonly Block[])[] {
  return blocks.map((block) => [block]);
}

/** As many as fit, the first that does not ends it. */
function unfolded(blocks: readonly Block[], height: number): readonly Block[] {
  const shown = blocks.filter(({ what, line }) => what === "head" && WORSE.includes(line.severity));
  let room = height - rowsIn(shown);
  for (const together of STEPS.flatMap((step) => step(blocks))) {
    room -= rowsIn(together);
    if (room < 0) break;
    shown.push(...together);
  }
  return shown;
}

function rowsIn(blocks: readonly Block[]): number {
  return blocks.reduce((sum, { rows }) => sum + rows.length, 0);
}

/** `41 more low, more about 3 lines`. */
function foldedText(folded: readonly Block[], reasons: number): string {
  const heads = new Set(folded.filter(({ what }) => what === "head").map(({ line }) => line));
  const others = new Set(folded.map(({ line }) => line).filter((line) => !heads.has(line)));
  const parts = [
    reasons === 0 ? "" : `${reasons} more ${reasons === 1 ? "reason" : "reasons"}`,
    severitiesText([...heads].map(({ severity }) => severity)).replace(" ", " more "),
    others.size === 0 ? "" : `more about ${others.size} ${others.size === 1 ? "line" : "lines"}`,
  ];
  return parts.filter((part) => part !== "").join(", ");
}
