import { byText } from "../in-order.js";
import { type ReportLine, SECTIONS, SEVERITIES } from "../report.js";

/** Worst first; within a severity in the order of the sections, then as they stand in the stack, then by text. */
export function worstFirst(lines: readonly ReportLine[]): readonly ReportLine[] {
  return lines.toSorted(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      SECTIONS.indexOf(a.section) - SECTIONS.indexOf(b.section) ||
      byText(a.place?.file ?? "", b.place?.file ?? "") ||
      (a.place?.line ?? 0) - (b.place?.line ?? 0) ||
      byText(a.object ?? "", b.object ?? "") ||
      byText(a.text, b.text),
  );
}
