import type { Exported } from "../../export/exported.js";
import type { Difference } from "../../export/merge.js";
import type { UnreadKind } from "../../export/remarks.js";
import type { Problem } from "../../stackfile/index.js";

/** What was read, and where it goes. */
export interface Reading {
  /** The folder, or the one file of a stack, as it was typed. */
  readonly path: string;
  readonly exported: Exported;
  readonly unread: readonly UnreadKind[];
}

/** What an export did, and what the next `up` would take over. */
export interface ExportOutcome extends Reading {
  readonly name: string;
  /** Names of the files that were written. */
  readonly written: readonly string[];
  /** What is wrong with the files as they stand. */
  readonly problems: readonly Problem[];
  /** True where the guardrails were told to stop nothing. */
  readonly auditOnly: boolean;
  /** What a stack that was there declares otherwise than it is. */
  readonly differences: readonly Difference[];
  /** True where the differences were written into the files. */
  readonly tookLive: boolean;
  /** What such a stack declares and the control plane has not: dotted paths. */
  readonly missing: readonly string[];
  /** What could not be written without changing something else: paths. */
  readonly byHand: readonly string[];
}
