import { codeBlock, codeSpan, escapeMarkdown } from "../../report/render/markdown-escape.js";
import { withoutSecretShapes } from "../../report/without-secrets.js";
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

/** The report as the file that is reviewed beside the new stack. */
export function promotionMarkdown(report: PromotionReport, folder: string): string {
  const sections = sectionsOf(report).flatMap(({ title, paragraphs }) => [`## ${title}`, paragraphs.map(item).join("\n")]);
  const carried = report.objects.filter(({ result }) => result === "carried").map(({ path }) => `- ${code(path)}`);
  const ids = idRowsOf(report).map((row) => `| ${row.map(code).join(" | ")} |`);
  const table = ids.length === 0 ? [] : [["| object | id at the source | id at the target |", "|---|---|---|", ...ids].join("\n")];
  return `${[
    `# ${prose(headingOf(report))}`,
    "Written by `gatehouse promote`, which writes it anew.",
    prose(summaryOf(report)),
    ...sections,
    ...block("Carried as they are", carried.length === 0 ? [] : [carried.join("\n")]),
    ...block("Ids", table),
    ...block("Mandatory guardrails that the source kept", list(violationsByRule(report).map(violationItem))),
    ...block(
      "Managed already",
      report.managedAlready.length === 0 ? [] : [prose(MANAGED_ALREADY), ...list(report.managedAlready.map(code))],
    ),
    ...block("Secrets to set for the target", list(report.secrets.map(code))),
    "## Next",
    codeBlock(nextCommands(folder).join("\n"), "sh"),
  ].join("\n\n")}\n`;
}

function item({ subject, what, why, weight }: Paragraph): string {
  const mark = weight === undefined ? "" : ` **${weight}**`;
  return [`- ${code(subject)}${mark}: ${prose(why)}`, ...what.map((one) => `  - ${code(one)}`)].join("\n");
}

function violationItem({ message, others }: { readonly message: string; readonly others: readonly string[] }): string {
  return [prose(message), ...(others.length === 0 ? [] : [`  and the same of ${others.map(code).join(", ")}`])].join("\n");
}

function block(title: string, parts: readonly string[]): readonly string[] {
  return parts.length === 0 ? [] : [`## ${title}`, ...parts];
}

function list(items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [items.map((one) => `- ${one}`).join("\n")];
}

function prose(text: string): string {
  return escapeMarkdown(withoutSecretShapes(text));
}

function code(text: string): string {
  return codeSpan(withoutSecretShapes(text));
}
