import type { End } from "../ends/index.js";
import type { ChangeSet, Judgement, LiveState } from "../gates/index.js";
import type { Finding } from "../plan/changes.js";
import type { Access } from "./access/access.js";
import type { Report } from "./report.js";
import type { UnmanagedObject } from "./unmanaged-object.js";
import type { Place, ToldViolation } from "./violations.js";

/** Everything that a report is made of. */
export interface ReportInput {
  readonly project: string;
  readonly stack: string;
  readonly operation: Report["operation"];
  readonly changes: ChangeSet;
  readonly violations: readonly ToldViolation[];
  readonly gates: Judgement;
  /** Effective access before and after the change, of `viewBefore` and `viewAfter`. */
  readonly accessBefore: Access;
  readonly accessAfter: Access;
  readonly findings: readonly Finding[];
  /** What ends soon, what is over and still there, and what of the stack file is over, soonest first. */
  readonly ends: readonly End[];
  /** What the engine could not do. */
  readonly failures: readonly Failure[];
  readonly live: LiveState;
  /** What nobody declared; absent where nobody looked. */
  readonly unmanaged?: readonly UnmanagedObject[] | undefined;
  /** Where an object, or one property of it, stands in the stack file. */
  readonly placeOf: (name: string, property: string | undefined) => Place | undefined;
  readonly made: { readonly commit?: string; readonly stateDigest?: string };
  /** Today as `2026-11-21`, UTC. */
  readonly today: string;
}

export interface Failure {
  /** Logical name of the object, where it is about one. */
  readonly name?: string | undefined;
  readonly message: string;
}
