import { kindNamed } from "../../../schema/kinds/index.js";
import { takenAlong } from "../cascade.js";
import { collectionName } from "../collection-name.js";
import { collectionDigest } from "../digest.js";
import { type Facts, isDeletion, isEnding, type ObjectStep } from "../facts.js";
import type { Finding, Gate } from "../gate.js";
import { planesIn } from "../holdings.js";
import { isRemote } from "../remote.js";

/** Share of a kind's objects that may go in one change. */
export const SHARE = 0.2;

export const massDeletion: Gate = {
  name: "mass-deletion",
  title: "Many objects of a kind are deleted at once, or many keys replaced",
  why: "A slip of the hand in one file deletes what others rely on.",
  judge: (facts) => (facts.operation === "destroy" ? [] : planesIn(facts.changes).flatMap((plane) => onPlane(plane, facts))),
};

/**
 * What another one replaces is as good as kept, unless it holds a secret: whoever uses that has to get another one. What ends on the day
 * that was declared is no slip of the hand.
 */
function isGone(step: ObjectStep): boolean {
  if (step.endedOn !== undefined) return false;
  return isDeletion(step) || (isEnding(step) && kindNamed(step.kind)?.custody !== undefined);
}

function onPlane(plane: string, facts: Facts): readonly Finding[] {
  const steps = facts.changes.objects.filter((step) => step.controlPlane === plane && isRemote(step));
  const deleted = steps.filter(isGone);
  const along = steps.filter(isEnding).flatMap((step) => takenAlong(step, facts).map((object) => ({ object, step })));
  const kinds = [...new Set([...deleted, ...along.map(({ object }) => object)].map(({ kind }) => kind))];
  return kinds.flatMap((kind): Finding[] => {
    const own = deleted.filter((step) => step.kind === kind);
    const dragged = along.filter(({ object }) => object.kind === kind);
    const ids = new Set([...own.map(({ before }) => before?.id), ...dragged.map(({ object }) => object.id)]);
    const all = new Set([...ids, ...steps.filter((step) => step.kind === kind && step.managed).map(({ before }) => before?.id)]);
    if (ids.size < 2 || ids.size <= all.size * SHARE) return [];
    const alone = dragged.length === 0 ? "" : `, ${dragged.length} of them with what they belong to`;
    return [
      {
        object: collectionName(plane, `deletions:${kind}`),
        change: collectionDigest(
          [...own, ...dragged.map(({ step }) => step)],
          dragged.map(({ object }) => object.id ?? ""),
        ),
        what: `${ids.size} of ${all.size} objects of the kind ${kind} are ${wordsOf(own)}${alone}`,
        advice: "Delete them in several changes, or have this one approved. `onDelete: release` lets an object leave the stack and stay.",
      },
    ];
  });
}

function wordsOf(steps: readonly ObjectStep[]): string {
  const [deleted, replaced] = [steps.some(isDeletion), steps.some((step) => !isDeletion(step))];
  return replaced ? (deleted ? "deleted or replaced" : "replaced") : "deleted";
}
