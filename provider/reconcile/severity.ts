import type { Concern } from "../../schema/field.js";
import type { Severity } from "../report/report.js";

/** How much a reader must care about drift of a class. */
const SEVERITY_OF_CLASS: Readonly<Record<Concern, Severity>> = {
  security: "critical",
  money: "high",
  availability: "medium",
  cosmetic: "low",
};

export function severityOf(driftClass: Concern): Severity {
  return SEVERITY_OF_CLASS[driftClass];
}
