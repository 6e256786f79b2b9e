import type { Judgement } from "../gates/index.js";
import type { Finding, ObjectChange, PropertyChange } from "../plan/changes.js";
import type { DriftedObject } from "../plan/drift.js";
import type { ToldViolation } from "../report/violations.js";
import type { AgedAttestation } from "./aged-attestations.js";
import type { Failure, RunOutcome } from "./engine-run.js";
import type { UnmanagedObject } from "./unmanaged.js";

const SIGNS: Readonly<Record<ObjectChange["operation"], string>> = {
  create: "+",
  adopt: "=",
  update: "~",
  replace: "±",
  delete: "-",
  release: "=",
};

/** The changes of a plan or run as a person reads them: one paragraph an object. */
export function changesText(changes: readonly ObjectChange[]): string {
  if (changes.length === 0) return "No changes.";
  return changes
    .map((c) => [`${SIGNS[c.operation]} ${c.operation} ${c.kind} ${c.name}: ${c.why}`, ...propertiesText(c)].join("\n"))
    .join("\n");
}

function propertiesText(change: ObjectChange): readonly string[] {
  if (change.operation === "delete" || change.operation === "release") return [];
  const isNew = change.operation === "create" || change.operation === "adopt";
  return change.properties.map((property) => `    ${propertyText(isNew, property)}`);
}

function propertyText(isNew: boolean, { property, before, after }: PropertyChange): string {
  return isNew ? `${property}: ${valueText(after)}` : `${property}: ${valueText(before)} → ${valueText(after)}`;
}

/** A value on one line; what is absent says so. */
function valueText(value: unknown): string {
  if (value === undefined || value === null) return "(none)";
  return typeof value === "string" ? value : JSON.stringify(value);
}

export function findingsText(findings: readonly Finding[]): readonly string[] {
  return findings.map((f) => `! ${f.kind} ${f.name} ${f.message}`);
}

export function failuresText(failures: readonly Failure[]): readonly string[] {
  return failures.map((f) => `error: ${f.name === undefined ? "" : `${f.name}: `}${f.message}`);
}

export function driftText(drifted: readonly DriftedObject[], unmanaged: readonly UnmanagedObject[]): string {
  const changed = drifted.map((object) =>
    [
      `~ ${object.kind} ${object.name} ${object.state === "gone" ? "is gone from the control plane" : "was changed at the control plane"}`,
      ...object.properties.map((p) => `    ${p.property}: applied ${valueText(p.before)}, now ${valueText(p.after)}`),
    ].join("\n"),
  );
  const extra = unmanaged.map((object) => `? ${object.kind} ${object.key} (${object.id}) exists and is not declared`);
  return [...changed, ...extra].join("\n") || "No drift.";
}

export function agedText(aged: readonly AgedAttestation[]): readonly string[] {
  return aged.map(
    ({ kind, name, by, at, days }) => `? ${kind} ${name} was last confirmed by ${by} on ${at}, ${days} days ago: look at it again`,
  );
}

/** Counts by operation: `2 to create, 1 to delete`. */
export function summaryText(changes: readonly ObjectChange[], tense: "planned" | "done"): string {
  const counts = Object.keys(SIGNS).flatMap((operation) => {
    const count = changes.filter((c) => c.operation === operation).length;
    return count === 0 ? [] : [tense === "planned" ? `${count} to ${operation}` : `${count} ${PAST[operation]}`];
  });
  return counts.join(", ") || (tense === "planned" ? "nothing to change" : "nothing changed");
}

const PAST: Readonly<Record<string, string>> = {
  create: "created",
  adopt: "adopted",
  update: "updated",
  replace: "replaced",
  delete: "deleted",
  release: "released",
};

/** What every command that runs the engine answers with `--json`. */
export function outcomeDocument(
  command: string,
  stack: string,
  outcome: RunOutcome & { readonly violations?: readonly ToldViolation[]; readonly gates?: Judgement },
): Record<string, unknown> {
  const { changes, violations = [], gates = { closed: [], opened: [] }, findings, failures, warnings, durationSeconds, exitCode } = outcome;
  return { command, stack, exitCode, changes, violations, gates, findings, failures, warnings, durationSeconds };
}
