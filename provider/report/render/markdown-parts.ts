import { capabilitiesInWords } from "../access/words.js";
import { canonicalJson } from "../canonical-json.js";
import type { AccessRow, Report, ReportLine } from "../report.js";
import { someOf } from "../some-of.js";
import { approvalsOf, approvalYaml } from "./approval-yaml.js";
import type { Part } from "./fitting.js";
import { codeBlock, codeSpan } from "./markdown-escape.js";
import { folded, prose, SIGNS } from "./markdown-words.js";
import { clipped } from "./printable.js";
import { unmanagedPart } from "./unmanaged-markdown.js";
import { isChanged, placeText, SUBJECT_WORDS, severitiesText, VERDICT_WORDS, valuePairs, worstFirst } from "./words.js";

const LONGEST_VALUE = 200;
/** More reasons than this would push the lines out of a comment's first ten. */
const REASONS_AT_TOP = 2;

/** The parts of a comment in their order, each with its importance. */
export function markdownParts(report: Report): readonly Part[] {
  const risky = report.lines.filter(({ severity }) => severity !== "low");
  const low = report.lines.filter(({ severity }) => severity === "low");
  const [topReasons, moreReasons] = reasonParts(report);
  return [
    topReasons,
    riskyPart(risky),
    approvalsPart(report),
    moreReasons,
    detailsPart(risky),
    accessPart(report),
    lowPart(low),
    unmanagedPart(report, 8),
  ];
}

function reasonParts({ reasons }: Report): readonly [Part, Part] {
  const told = worstFirst(reasons).map(({ verdict, text }) => ({
    text: `- **${VERDICT_WORDS[verdict]}**: ${prose(text)}`,
    label: "reasons",
  }));
  const top = told.length > REASONS_AT_TOP ? told.slice(0, REASONS_AT_TOP - 1) : told;
  const more = told.slice(top.length);
  const pointer = more.length === 0 ? "" : `\n- … and ${more.length} more reasons`;
  return [
    { rank: 1, items: top, layout: (items) => items.join("\n") + pointer },
    { rank: 4, items: more, layout: (items) => folded(`${more.length} more reasons`, items.join("\n")) },
  ];
}

function riskyPart(lines: readonly ReportLine[]): Part {
  const items = lines.map((line) => {
    const cells = [`${SIGNS[line.severity]} ${line.severity}`, [prose(line.text), ...valueTexts(line)].join("<br>"), place(line)];
    return { text: row(cells), label: line.severity };
  });
  return { rank: 2, items, layout: (rows) => table(["Severity", "Change", "Where"], rows) };
}

function approvalsPart({ reasons }: Report): Part {
  const items = approvalsOf(reasons).map((approval) => ({ text: approvalYaml(approval), label: "approvals" }));
  return {
    rank: 3,
    items,
    layout: (entries) =>
      `To approve, apply this under \`governance.approvals\` first, by itself:\n\n${codeBlock(entries.join("\n"), "yaml")}`,
  };
}

function detailsPart(lines: readonly ReportLine[]): Part {
  const items = lines
    .filter(({ details }) => details.length > 0)
    .map(({ text, details }) => ({ text: [`- ${prose(text)}`, ...details.map((d) => `  - ${prose(d)}`)].join("\n"), label: "details" }));
  return { rank: 5, items, layout: (texts) => folded("Why, and what goes with it", texts.join("\n")) };
}

function accessPart({ access }: Report): Part {
  const alike = Map.groupBy(access.filter(isChanged), ({ subject: _, ...row_ }) => canonicalJson(row_));
  const items = [...alike.values()].map((rows) => ({ text: accessRow(rows), label: "rows of access" }));
  return {
    rank: 6,
    items,
    layout: (rows) => folded("Effective access that changes", table(["Who", "Where", "Before", "After"], rows)),
  };
}

/** Subjects that are alike in all that changes stand in one row. */
function accessRow(rows: readonly AccessRow[]): string {
  const [first] = rows;
  if (first === undefined) return "";
  const { subjectType, controlPlane, scope, before, after } = first;
  const names = someOf(rows.map(({ subject }) => codeSpan(clipped(subject, LONGEST_VALUE))));
  return row([
    `${SUBJECT_WORDS[subjectType]} ${names}`,
    prose(`${scope} on ${controlPlane}`),
    ...[before, after].map((capabilities) => prose(capabilitiesInWords(capabilities))),
  ]);
}

function lowPart(lines: readonly ReportLine[]): Part {
  const items = lines.map((line) => ({
    text: `- ${[prose(line.text), ...valueTexts(line), ...(line.place === undefined ? [] : [place(line)])].join(" · ")}`,
    label: line.severity,
  }));
  return { rank: 7, items, layout: (texts) => folded(severitiesText(lines.map(({ severity }) => severity)), texts.join("\n")) };
}

function valueTexts(line: ReportLine): readonly string[] {
  return valuePairs(line).map(({ property, values }) =>
    [codeSpan(clipped(property, LONGEST_VALUE)), values.map((value) => codeSpan(clipped(value, LONGEST_VALUE))).join(" → ")].join(": "),
  );
}

function place(line: ReportLine): string {
  const text = placeText(line);
  return text === undefined ? "" : codeSpan(text);
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function table(titles: readonly string[], rows: readonly string[]): string {
  return [row(titles), row(titles.map(() => "---")), ...rows].join("\n");
}
