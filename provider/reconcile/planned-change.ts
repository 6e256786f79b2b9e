import type { ChangeSet } from "../gates/index.js";
import { type Finding, isInternal, isReleased, type ObjectChange, type Step } from "../plan/changes.js";

type Values = Readonly<Record<string, unknown>>;

/** A change of a plan, with what a pass must know to decide on it. */
export interface PlannedChange {
  readonly change: ObjectChange;
  /** Name of the kind of the object, or of what a collection holds. */
  readonly kind: string;
  /** The object was there when it was applied last, and somebody removed it. */
  readonly isGone: boolean;
  /** The change would delete an object that was there before Gatehouse. */
  readonly deletesAdopted: boolean;
  readonly inputs: Values;
  /** Ids of the undeclared objects that an exclusive collection would remove. */
  readonly swept: readonly string[];
  /** The status of an object in custody that is not in good order. */
  readonly unhealthy: string | undefined;
}

interface Plan {
  readonly changes: readonly ObjectChange[];
  readonly steps: readonly Step[];
  readonly refreshed: readonly Step[];
  readonly findings: readonly Finding[];
  readonly changeSet: ChangeSet;
}

/** The changes of a full plan, each with its circumstances. */
export function plannedChangesIn({ changes, steps, refreshed, findings, changeSet }: Plan): readonly PlannedChange[] {
  const gone = new Set(refreshed.filter((step) => step.new === undefined).map(({ urn }) => urn));
  return changes.map((change) => {
    const step = steps.find(({ urn, old }) => urn === change.urn && old !== undefined) ?? steps.find(({ urn }) => urn === change.urn);
    const inputs = (step?.new ?? step?.old)?.inputs ?? {};
    const swept = changeSet.objects.filter(({ managed, operation, urn }) => !managed && operation === "delete" && isBelow(urn, change.urn));
    return {
      change,
      kind: step !== undefined && isInternal(step.type) ? String(inputs.kind) : change.kind,
      isGone: gone.has(change.urn),
      deletesAdopted: deletesAdopted(change, step),
      inputs,
      swept: swept.flatMap(({ before }) => before?.id ?? []),
      unhealthy: findings.find(({ kind, name }) => kind === change.kind && name === change.name)?.value,
    };
  });
}

/** The URN of what a collection removes begins with the collection's. */
function isBelow(urn: string, collection: string): boolean {
  return urn.startsWith(`${collection}/`);
}

function deletesAdopted({ operation }: ObjectChange, step: Step | undefined): boolean {
  const ends = operation === "delete" || operation === "replace";
  return ends && step?.old?.outputs?.adopted === true && !isReleased(step);
}
