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
  const removals = changeSet.objects.filter(({ managed, operation }) => !managed && operation === "delete");
  const byUrn = stepsByUrn(steps);
  const statuses = new Map(findings.map(({ kind, name, value }) => [`${kind} ${name}`, value]));
  return changes.map((change) => {
    const step = byUrn.get(change.urn);
    const inputs = (step?.new ?? step?.old)?.inputs ?? {};
    const swept = removals.filter(({ urn }) => isBelow(urn, change.urn));
    return {
      change,
      kind: step !== undefined && isInternal(step.type) ? String(inputs.kind) : change.kind,
      isGone: gone.has(change.urn),
      deletesAdopted: deletesAdopted(change, step),
      inputs,
      swept: swept.flatMap(({ before }) => before?.id ?? []),
      unhealthy: statuses.get(`${change.kind} ${change.name}`),
    };
  });
}

/** The first step of each object that says what was there before, else the first: a replacement has several. */
function stepsByUrn(steps: readonly Step[]): ReadonlyMap<string, Step> {
  const ofExisting = steps.filter(({ old }) => old !== undefined);
  return new Map([...steps.toReversed(), ...ofExisting.toReversed()].map((step) => [step.urn, step]));
}

/** The URN of what a collection removes begins with the collection's. */
function isBelow(urn: string, collection: string): boolean {
  return urn.startsWith(`${collection}/`);
}

/** One whose declared end has come is deleted by its own word. */
function deletesAdopted({ operation, endedOn }: ObjectChange, step: Step | undefined): boolean {
  const ends = operation === "delete" || operation === "replace";
  return ends && endedOn === undefined && step?.old?.outputs?.adopted === true && !isReleased(step);
}
