import type { End } from "../ends/index.js";
import type { Judgement } from "../gates/index.js";
import type { Finding, ObjectChange } from "../plan/changes.js";
import type { DriftedObject } from "../plan/drift.js";
import { valueText } from "../report/render/printable.js";
import { shownLine, shownLines } from "../report/render/shown-line.js";
import { remedyRows, unmanagedReason } from "../report/render/unmanaged-words.js";
import { valueWords } from "../report/render/words.js";
import { shownChanges, withShownValues } from "../report/shown-values.js";
import type { UnmanagedObject } from "../report/unmanaged-object.js";
import type { ToldViolation } from "../report/violations.js";
import type { AgedAttestation } from "./aged-attestations.js";
import type { Failure, RunOutcome } from "./engine-run.js";

const SIGNS: Readonly<Record<ObjectChange["operation"], string>> = {
  create: "+",
  adopt: "=",
  update: "~",
  replace: "±",
  delete: "-",
  release: "=",
};

/** The changes of a plan or run as a person reads them: one paragraph an object, with its values masked. */
export function changesText(changes: readonly ObjectChange[]): string {
  if (changes.length === 0) return "No changes.";
  return changes
    .flatMap((c) => [shownLine(`${SIGNS[c.operation]} ${c.operation} ${c.kind} ${c.name}: ${c.why}`), ...valuesText(c)])
    .join("\n");
}

function valuesText({ operation, kind, properties }: ObjectChange): readonly string[] {
  if (operation === "delete" || operation === "release") return [];
  return valueWords({ operation, values: shownChanges(kind, properties) }).map((words) => shownLine(words, INDENT));
}

const INDENT = "    ";

export function findingsText(findings: readonly Finding[]): readonly string[] {
  return findings.map((f) => shownLine(`! ${f.kind} ${f.name} ${f.message}`));
}

export function failuresText(failures: readonly Failure[]): readonly string[] {
  return failures.map((f) => shownLines(`error: ${f.name === undefined ? "" : `${f.name}: `}${f.message}`));
}

export function driftText(drifted: readonly DriftedObject[], unmanaged: readonly UnmanagedObject[]): string {
  const changed = drifted.flatMap(({ kind, name, state, properties }) => [
    shownLine(`~ ${kind} ${name} ${state === "gone" ? "is gone from the control plane" : "was changed at the control plane"}`),
    ...shownChanges(kind, properties).map(({ property, before, after }) =>
      shownLine(`${property}: applied ${valueText(before)}, now ${valueText(after)}`, INDENT),
    ),
  ]);
  return [...changed, ...unmanaged.flatMap(unmanagedText)].join("\n") || "No drift.";
}

/** An object that nobody declared, why it matters, and what to write about it. */
export function unmanagedText(object: UnmanagedObject): readonly string[] {
  const { kind, key, id, severity } = object;
  return [
    shownLine(`? ${kind} ${key} (${id}) exists and is not declared`),
    shownLine(`${severity}: ${unmanagedReason(object)}`, INDENT),
    ...remedyRows(object).map((row) => shownLine(row, INDENT)),
  ];
}

export function agedText(aged: readonly AgedAttestation[]): readonly string[] {
  return aged.map(({ kind, name, by, at, days }) =>
    shownLine(`? ${kind} ${name} was last confirmed by ${by} on ${at}, ${days} days ago: look at it again`),
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

/** What every command that runs the engine answers with `--json`. Values are masked as in the report. */
export function outcomeDocument(
  command: string,
  stack: string,
  outcome: RunOutcome & { readonly violations?: readonly ToldViolation[]; readonly gates?: Judgement; readonly ends?: readonly End[] },
): Record<string, unknown> {
  const {
    violations = [],
    gates = { closed: [], opened: [] },
    ends = [],
    findings,
    failures,
    warnings,
    durationSeconds,
    exitCode,
  } = outcome;
  const changes = outcome.changes.map(withShownValues);
  return { command, stack, exitCode, changes, violations, gates, findings, ends, failures, warnings, durationSeconds };
}
