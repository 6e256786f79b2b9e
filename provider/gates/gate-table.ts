import type { Gate } from "./gate.js";

/** The gates in Markdown. */
export function gateTable(gates: readonly Gate[]): string {
  const rows = gates.map(({ name, title, why }) => `| \`${name}\` | ${title} | ${why} |`);
  return ["| gate | what it stops | why |", "|---|---|---|", ...rows].join("\n");
}
