import type { Report } from "../report.js";

/** The report as a JSON document that `REPORT_SCHEMA` describes. A value that is absent before or after is left out. */
export function reportJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
