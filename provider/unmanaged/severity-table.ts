import { SEVERITIES } from "../report/report.js";
import { UNMANAGED_RULES } from "./severity.js";

/** How severe what is an object that nobody declared, in Markdown. */
export function unmanagedTable(): string {
  const rows = SEVERITIES.flatMap((severity) =>
    UNMANAGED_RULES.filter((rule) => rule.severity === severity).map(({ why }) => `| ${severity} | ${why} |`),
  );
  return ["| severity | when |", "|---|---|", ...rows].join("\n");
}
