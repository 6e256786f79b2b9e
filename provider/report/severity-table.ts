import { SEVERITY_RULES } from "./severity.js";

/** What the severities do not do, which a reader of the table might think. */
const NOTE =
  "A severity says how much a reader must care; it stops nothing by itself. Anything but low makes the verdict `review`, except for what only ends soon (exit 0, or 3 with `--fail-on review`): somebody who becomes an administrator is a critical line, and the run goes on. What stops a run is a gate without an approval (`dangerous`), a mandatory guardrail or a failure (`blocked`).";

/** When a line of a report has which severity, in Markdown, and what that means for the verdict. */
export function severityTable(): string {
  const rows = SEVERITY_RULES.map(({ severity, when }) => `| ${severity} | ${when} |`);
  return ["| severity | when |", "|---|---|", ...rows, "", NOTE].join("\n");
}
