/** How much a reader must care, worst first. The rules are in `severity.ts`, published in the README. */
export const SEVERITIES = ["critical", "high", "medium", "low"] as const;
export type Severity = (typeof SEVERITIES)[number];
