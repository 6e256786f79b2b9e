import { shownLine } from "../../report/render/shown-line.js";
import type { PromotionReport } from "../report.js";
import {
  headingOf,
  idRowsOf,
  MANAGED_ALREADY,
  nextCommands,
  type Paragraph,
  sectionsOf,
  summaryOf,
  violationsByRule,
} from "./paragraphs.js";

/** The report for a terminal. */
export function promotionText(report: PromotionReport, folder: string): string {
  const sections = sectionsOf(report).flatMap(({ title, paragraphs }) => ["", `${title}:`, ...paragraphs.flatMap(paragraphText)]);
  const ids = idRowsOf(report).map(([path, source, target]) => shownLine(`${path}: ${source} → ${target}`, "  "));
  const violations = violationsByRule(report).flatMap(({ message, others }) => [
    shownLine(`! ${message}`, "  "),
    ...(others.length === 0 ? [] : [shownLine(`and the same of ${others.join(", ")}`, "    ")]),
  ]);
  return [
    shownLine(headingOf(report)),
    shownLine(summaryOf(report)),
    ...sections,
    ...block("Ids, source → target:", ids),
    ...block("Mandatory guardrails that the source kept, and that stop `up` until it is put right:", violations),
    ...block(MANAGED_ALREADY, report.managedAlready.length === 0 ? [] : [shownLine(report.managedAlready.join(", "), "  ")]),
    ...block("Secrets to set for the target:", report.secrets.length === 0 ? [] : [shownLine(report.secrets.join(", "), "  ")]),
    ...block(
      "Nothing is applied. Next:",
      nextCommands(folder).map((command) => shownLine(command, "  ")),
    ),
  ].join("\n");
}

function paragraphText({ subject, what, why, weight }: Paragraph): readonly string[] {
  const mark = weight === undefined ? "" : ` [${weight}]`;
  return [shownLine(`${subject}${mark}: ${why}`, "  "), ...what.map((one) => shownLine(one, "    "))];
}

function block(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", title, ...lines];
}
