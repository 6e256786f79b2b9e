import { UNMANAGED_RULES } from "./severity.js";

/** How severe what is that nobody declared, in the order in which it is judged, in Markdown. */
export function unmanagedTable(): string {
  const rows = UNMANAGED_RULES.map(({ severity, why }) => `| ${severity} | ${why} |`);
  return ["| severity | when |", "|---|---|", ...rows].join("\n");
}
