import type { Severity } from "./severities.js";
import type { UnmanagedObject } from "./unmanaged-object.js";
import type { Place } from "./violations.js";

export { SEVERITIES, type Severity } from "./severities.js";

/** Parts of a report, in the order in which they answer a reviewer's questions. */
export const SECTIONS = ["stopped", "access", "keys", "limits", "deletions", "approvals", "findings", "ends", "advice", "rest"] as const;
export type Section = (typeof SECTIONS)[number];

/** Can this be merged: `safe`; `review` (somebody should look); `dangerous` (a gate needs an approval); `blocked` (a guardrail says no, or it fails). */
export const VERDICTS = ["safe", "review", "dangerous", "blocked"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** One thing that the change does, or that speaks against it. */
export interface ReportLine {
  readonly section: Section;
  readonly severity: Severity;
  /** What a reader sees first: `kim@acme.example gains administration of every project`. Plain text of one line; never a secret. */
  readonly text: string;
  /** Logical name of the object that causes it. Absent for what concerns the stack as a whole. */
  readonly object?: string;
  readonly kind?: string;
  readonly operation?: "create" | "adopt" | "update" | "replace" | "delete" | "release";
  /** Old → new values of the properties that matter. Unknown ones are `(known after apply)`, secrets `[secret]`. */
  readonly values: readonly { readonly property: string; readonly before: unknown; readonly after: unknown }[];
  /** Further lines that a reader may unfold: what goes with a deletion, by which ways access is held, why. */
  readonly details: readonly string[];
  /** Where the cause stands in the stack file. */
  readonly place?: Place;
  /** The guardrail or gate that speaks. */
  readonly rule?: string;
  /** Digest of the change, for an approval: set on lines of closed gates. */
  readonly change?: string;
}

/** Why the verdict is what it is. */
export interface Reason {
  readonly verdict: Verdict;
  readonly text: string;
  /** The approval that would lift it, ready to paste under `governance.approvals`. */
  readonly approval?: { readonly gate: string; readonly object: string; readonly change: string };
}

/** One row of the matrix of effective access that the HTML shows. */
export interface AccessRow {
  readonly subject: string;
  readonly subjectType: "person" | "key" | "everyKey";
  readonly controlPlane: string;
  /** `every project`, `organization`, or a project's name. */
  readonly scope: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** What a change does, worst first, with the answer to whether it may be merged. Pure data: every format is made of it. */
export interface Report {
  readonly version: 2;
  readonly project: string;
  readonly stack: string;
  readonly operation: "up" | "destroy" | "reconcile";
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
  /** Worst first; within a severity in the order of the sections. */
  readonly lines: readonly ReportLine[];
  /** Objects by operation: `{ create: 2, update: 1 }`. */
  readonly counts: Readonly<Record<string, number>>;
  readonly access: readonly AccessRow[];
  /** What is at the control planes and that nobody declared, worst first, whatever the change does. Absent where nobody looked. */
  readonly unmanaged?: readonly UnmanagedObject[];
  /** Commit and state that it was made of, where known. */
  readonly made: { readonly commit?: string; readonly stateDigest?: string; readonly changeSetDigest: string };
}
