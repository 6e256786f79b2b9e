import { SEVERITY_RULES } from "./severity.js";

/** When a line of a report has which severity, in Markdown. */
export function severityTable(): string {
  const rows = SEVERITY_RULES.map(({ severity, when }) => `| ${severity} | ${when} |`);
  return ["| severity | when |", "|---|---|", ...rows].join("\n");
}
