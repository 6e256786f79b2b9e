import type { Concern } from "../../../schema/field.js";
import { kindNamed } from "../../../schema/kinds/index.js";
import type { Step } from "../../dashboard/steps.js";
import type { End } from "../../ends/index.js";
import type { ExitCode } from "../../errors.js";
import type { Finding, ObjectChange, PropertyChange } from "../../plan/changes.js";
import { classOfObject, type Decision, type Held, severityOf } from "../../reconcile/index.js";
import type { PlacedJudgement } from "../../report/placed-gates.js";
import type { Severity } from "../../report/report.js";
import { withShownValues } from "../../report/shown-values.js";
import type { UnmanagedObject } from "../../report/unmanaged-object.js";
import type { ToldViolation } from "../../report/violations.js";
import type { Failure } from "../engine-run.js";

interface Classed {
  readonly class: Concern;
  readonly severity: Severity;
}

/** A change that a pass made, or did not make. */
export interface ToldChange extends Classed {
  readonly operation: ObjectChange["operation"];
  readonly kind: string;
  readonly name: string;
  /** Who brought it about. */
  readonly cause: Decision["cause"];
  readonly properties: readonly PropertyChange[];
  /** The day with which it ended, where that is why it is deleted. */
  readonly endedOn?: string;
}

export interface LeftChange extends ToldChange {
  readonly heldBy: Held["by"];
  readonly why: string;
  readonly next: string;
}

/** What one pass found and did: the result of `gatehouse reconcile`. Holds no secret. */
export interface PassDocument {
  readonly command: "reconcile";
  readonly stack: string;
  /** When the pass began, ISO 8601. */
  readonly at: string;
  /** Nothing had to be done, and nothing is left to do. */
  readonly inSync: boolean;
  /** Drift that was put back. */
  readonly repaired: readonly ToldChange[];
  /** Changes of the declaration that were applied. */
  readonly changed: readonly ToldChange[];
  readonly left: readonly LeftChange[];
  readonly findings: readonly (Finding & Classed & { readonly next: string })[];
  /** Worst first; the severity is that of the object, by what it lets do now. */
  readonly unmanaged: readonly (UnmanagedObject & Pick<Classed, "class"> & { readonly next: string })[];
  /** What ends soon, what is over and still there, and what of the stack file is over. */
  readonly ends: readonly End[];
  readonly gates: PlacedJudgement;
  readonly violations: readonly ToldViolation[];
  readonly failures: readonly Failure[];
  /** Steps that wait for a person, and names of objects that wait for these. */
  readonly steps: readonly Step[];
  readonly later: readonly string[];
  readonly durationSeconds: number;
  readonly exitCode: ExitCode;
}

/** Changes of these decisions that were made. */
export function madeChanges(
  decisions: readonly Decision[],
  done: readonly ObjectChange[],
  cause: Decision["cause"],
): readonly ToldChange[] {
  const urns = new Set(done.map(({ urn }) => urn));
  return decisions.filter((one) => one.cause === cause && one.held === undefined && urns.has(one.planned.change.urn)).map(toldChange);
}

/** Changes that were not made and that nothing else in the document tells. */
export function leftChanges(decisions: readonly Decision[]): readonly LeftChange[] {
  return decisions.flatMap((decision) => {
    const { held } = decision;
    if (held === undefined || held.by === "person" || held.by === "unmanaged") return [];
    return [{ ...toldChange(decision), heldBy: held.by, why: held.why, next: held.next }];
  });
}

function toldChange({ planned: { change }, cause, class: driftClass }: Decision): ToldChange {
  const { operation, kind, name, properties, endedOn } = withShownValues(change);
  return { operation, kind, name, cause, ...classed(driftClass), properties, ...(endedOn === undefined ? {} : { endedOn }) };
}

/** Keys that only a person can put into order. */
export function toldFindings(findings: readonly Finding[], up: string): PassDocument["findings"] {
  return findings.map((finding) => {
    const custody = kindNamed(finding.kind)?.custody;
    const hasEnded = custody?.ended.includes(finding.value) === true;
    const next = hasEnded
      ? `Find out who took it away and why; then raise \`${custody.renewedBy}\` and run \`${up}\`, or remove the declaration.`
      : "Find out why; a person at the control plane puts it back into use.";
    return { ...finding, ...classed(classOfKind(finding.kind)), next };
  });
}

/** Objects that nobody declared. `swept` are the ids of those that stand in an exclusive collection. */
export function toldUnmanaged(unmanaged: readonly UnmanagedObject[], swept: readonly string[], up: string): PassDocument["unmanaged"] {
  return unmanaged.map((object) => {
    const isSwept = swept.includes(object.id);
    const next = isSwept
      ? `Declare it, run \`${up}\` to remove it, or write \`unmanaged: remove\` under governance.reconcile.`
      : "Adopt it, ignore it or remove it, each by one line.";
    return { ...object, class: classOfKind(object.kind), next };
  });
}

function classOfKind(name: string): Concern {
  const kind = kindNamed(name);
  return kind === undefined ? "security" : classOfObject(kind, {});
}

function classed(driftClass: Concern): Classed {
  return { class: driftClass, severity: severityOf(driftClass) };
}
