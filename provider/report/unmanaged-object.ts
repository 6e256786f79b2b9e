import type { Severity } from "./severities.js";

/** What to write into a stack, and where. */
export interface ReadyLine {
  /** One line of YAML, or of TypeScript for a program. Absent where none would do: `note` says what to do instead. */
  readonly line?: string;
  /** File of the stack that the line goes into. */
  readonly file?: string;
  /** Dotted path in that file of the mapping or list that the line stands in: `projects.checkout.keys`. */
  readonly under?: string;
  /** What to do before, or instead; sentences with their final stops. */
  readonly note?: string;
}

/** An object that is at a control plane and that nobody declared. */
export interface UnmanagedObject {
  readonly controlPlane: string;
  readonly kind: string;
  /** Id as the state would hold it. */
  readonly id: string;
  /** Natural key, as a stack file would write it. */
  readonly key: string;
  /** The project that it belongs to: its path in the stack (`projects.checkout`), or its name where that is not declared either. */
  readonly owner?: string;
  /** When it was made, ISO 8601. Absent where the system does not say. */
  readonly createdAt?: string;
  /** Whole days since then. */
  readonly ageDays?: number;
  /** When it was last used, ISO 8601. Absent where it never was, or the system does not say. */
  readonly lastUsedAt?: string;
  /** Environment class: its own, else that of its project. */
  readonly environment?: string;
  readonly severity: Severity;
  /** Why it is that severe; one sentence. */
  readonly why: string;
  /** Last day of the `$ignore` that silenced it, and has ended. */
  readonly ignoredUntil?: string;
  /** What makes it the stack's: nothing at the control plane changes by it. */
  readonly adopt: ReadyLine;
  /** What silences it for a while, with a reason that a person must still write. */
  readonly ignore: ReadyLine;
  /** What makes the next `up` remove it, as far as the gates let it. */
  readonly remove: ReadyLine;
}
