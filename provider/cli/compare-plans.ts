import { printable } from "../report/render/printable.js";
import type { SavedChange, SavedPlan } from "./saved-plan.js";

/**
 * What moved between the plan that was reviewed and the one that holds now, a sentence each; empty when the same would happen to the
 * same state. The order of the changes, the commit and the verdict do not count.
 */
export function comparePlans(saved: SavedPlan, now: SavedPlan): readonly string[] {
  const objects = objectsMoved(byUrn(saved.changes), byUrn(now.changes));
  const moved = [
    ...(saved.project === now.project && saved.stack === now.stack
      ? []
      : [`the plan is of ${printable(`${saved.project}/${saved.stack}`)}, and this is ${printable(`${now.project}/${now.stack}`)}`]),
    ...(saved.stateDigest === now.stateDigest ? [] : ["the state is another one: something was applied, refreshed or confirmed since"]),
    ...objects,
  ];
  if (objects.length > 0 || saved.changeSetDigest === now.changeSetDigest) return moved;
  return [...moved, "the change set is another one, though every object's change looks the same"];
}

/** The changes of each object. There is one as a rule; none is lost where there are more. */
type ByUrn = ReadonlyMap<string, readonly SavedChange[]>;

function byUrn(changes: readonly SavedChange[]): ByUrn {
  const grouped = new Map<string, SavedChange[]>();
  for (const change of changes) grouped.set(change.urn, [...(grouped.get(change.urn) ?? []), change]);
  return grouped;
}

function objectsMoved(saved: ByUrn, now: ByUrn): readonly string[] {
  const urns = [...new Set([...saved.keys(), ...now.keys()])].toSorted();
  return urns.flatMap((urn) => {
    const [before = [], after = []] = [saved.get(urn), now.get(urn)];
    const what = howMoved(before, after);
    return what === undefined ? [] : [`${printable((after[0] ?? before[0])?.name ?? urn)}: ${what}`];
  });
}

function howMoved(before: readonly SavedChange[], after: readonly SavedChange[]): string | undefined {
  const [reviewed, planned] = [operations(before), operations(after)];
  if (before.length === 0) return `${planned} is planned now, and was not reviewed`;
  if (after.length === 0) return `${reviewed} was reviewed, and is not planned any more`;
  if (reviewed !== planned) return `${reviewed} was reviewed, and ${planned} is planned now`;
  return inputs(before) === inputs(after) ? undefined : `${reviewed} is planned as reviewed, with other inputs`;
}

function operations(changes: readonly SavedChange[]): string {
  return changes
    .map(({ operation }) => operation)
    .toSorted()
    .join(" and ");
}

function inputs(changes: readonly SavedChange[]): string {
  return changes
    .map(({ operation, inputsDigest }) => `${operation} ${inputsDigest}`)
    .toSorted()
    .join();
}
