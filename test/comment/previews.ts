import type { PreviewDocument } from "../../provider/comment/index.js";
import type { Report, ReportLine } from "../../provider/report/report.js";

export const NO_SECRETS = { secrets: [] };

export function reportOf(more: Partial<Report> = {}): Report {
  return {
    version: 2,
    project: "acme",
    stack: "dev",
    operation: "up",
    verdict: "safe",
    reasons: [],
    lines: [],
    counts: { update: 1 },
    access: [],
    made: { changeSetDigest: "5f0c7a1e9d3b2468" },
    ...more,
  };
}

export function lineOf(more: Partial<ReportLine> = {}): ReportLine {
  return { section: "rest", severity: "low", text: "projects/checkout is renamed", values: [], details: [], ...more };
}

export function previewOf(more: Partial<Report> = {}): PreviewDocument {
  return { report: reportOf(more) };
}

export const FAILED: PreviewDocument = { failed: { project: "acme", stack: "dev", failures: [{ message: "the engine ended" }] } };

/** One line that matters, told after so many that do not. */
export function flood(size: number): PreviewDocument {
  const harmless = Array.from({ length: size }, (_, index) =>
    lineOf({ text: `projects/p${index} has another description, and a longer one than it had before`, object: `projects/p${index}` }),
  );
  const critical = lineOf({ section: "access", severity: "critical", text: "mallory@acme.example gains billing" });
  return previewOf({ verdict: "review", counts: { update: size + 1 }, lines: [critical, ...harmless] });
}
