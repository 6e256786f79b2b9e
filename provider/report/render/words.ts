import type { AccessRow, Report, ReportLine, Section, Severity, Verdict } from "../report.js";
import { SEVERITIES, VERDICTS } from "../report.js";
import { printable, valueText } from "./printable.js";

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  safe: "Safe",
  review: "Needs review",
  dangerous: "Dangerous",
  blocked: "Blocked",
};

export const SECTION_TITLES: Readonly<Record<Section, string>> = {
  stopped: "Stopped",
  access: "Access",
  keys: "Keys",
  limits: "Limits and budgets",
  deletions: "Deletions",
  approvals: "Approvals and exceptions",
  findings: "Findings",
  ends: "Ends soon",
  advice: "Advice",
  rest: "Other changes",
};

export const SUBJECT_WORDS: Readonly<Record<AccessRow["subjectType"], string>> = { person: "person", key: "key", everyKey: "every key" };

const OPERATION_WORDS: Readonly<Record<Report["operation"], string>> = { up: "apply", destroy: "destroy", reconcile: "reconcile" };

/** `apply acme/dev`: the operation on which stack of which project. */
export function titleOf({ operation, project, stack }: Report): string {
  return printable(`${OPERATION_WORDS[operation]} ${project}/${stack}`);
}

/** Objects by operation: `2 to create, 1 to update`. */
export function countsText({ counts }: Report): string {
  const told = Object.entries(counts).filter(([, count]) => count > 0);
  return told.map(([operation, count]) => `${count} to ${operation}`).join(", ") || "nothing to change";
}

/** Lines by severity: `1 critical, 41 low`; empty when there are none. */
export function severitiesText(severities: readonly Severity[]): string {
  return SEVERITIES.flatMap((severity) => {
    const count = severities.filter((other) => other === severity).length;
    return count === 0 ? [] : [`${count} ${severity}`];
  }).join(", ");
}

/** Those that stop the most first. */
export function worstFirst<Item extends { readonly verdict: Verdict }>(reasons: readonly Item[]): readonly Item[] {
  return reasons.toSorted((a, b) => VERDICTS.indexOf(b.verdict) - VERDICTS.indexOf(a.verdict));
}

/** `gatehouse.yaml:12`, or undefined when nothing says where. */
export function placeText({ place }: ReportLine): string | undefined {
  return place === undefined ? undefined : printable(`${place.file}:${place.line}`);
}

/** What changes at an object, and the section that tells it. */
type Changed = Pick<ReportLine, "values" | "operation"> & Partial<Pick<ReportLine, "section">>;

/** A property's values: what is new on its own, what changes as `old → new`. A ceiling's amounts stand in its text already. */
export function valuePairs({
  values,
  operation,
  section,
}: Changed): readonly { readonly property: string; readonly values: readonly string[] }[] {
  const isNew = operation === "create" || operation === "adopt";
  if (section === "limits" && !isNew) return [];
  return values.map(({ property, before, after }) => ({
    property: printable(property),
    values: isNew && (before === undefined || before === null) ? [valueText(after)] : [valueText(before), valueText(after)],
  }));
}

/** The same in words: `hourlyUsd: 25 → 250`. */
export function valueWords(changed: Changed): readonly string[] {
  return valuePairs(changed).map(({ property, values }) => `${property}: ${values.join(" → ")}`);
}

export function isChanged({ before, after }: AccessRow): boolean {
  return before.length !== after.length || before.some((capability) => !after.includes(capability));
}
