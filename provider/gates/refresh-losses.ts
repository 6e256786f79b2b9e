import type { Step } from "../plan/changes.js";
import { adviceFor, approvalsRecorded, opened } from "./approvals.js";
import { changeSetOf } from "./change-set.js";
import { collectionDigest } from "./digest.js";
import type { ObjectStep } from "./facts.js";
import type { Closed } from "./gate.js";
import { massDeletion, SHARE } from "./gates/mass-deletion.js";
import type { Judgement } from "./judge.js";
import { isRemote } from "./remote.js";

/**
 * What the gate on mass deletions says of a refresh: what it cannot find leaves the state, and the next run would make it anew. Many
 * objects at once are more likely another control plane, or a credential that sees less. `refreshed` are the engine's refresh steps,
 * `today` is `2026-11-21`.
 */
export function refreshLosses(refreshed: readonly Step[], today: string): Judgement {
  const lost = new Set(refreshed.flatMap((step) => (step.new === undefined ? [step.urn] : [])));
  const changes = changeSetOf(
    refreshed.map((step) => ({ ...step, op: step.new === undefined ? "delete" : "same" })),
    { live: {} },
  );
  const approvals = approvalsRecorded(changes);
  const judged = lossesIn(changes.objects.filter(isRemote), lost).map((closed) => ({ closed, approval: opened(closed, approvals, today) }));
  return {
    closed: judged.flatMap(({ closed, approval }) =>
      approval === undefined ? [{ ...closed, advice: adviceFor(closed, approvals, [], today) }] : [],
    ),
    opened: judged.flatMap(({ closed, approval }) => (approval === undefined ? [] : [{ closed, approval }])),
  };
}

function lossesIn(objects: readonly ObjectStep[], lost: ReadonlySet<string>): readonly Closed[] {
  return [...new Set(objects.map(({ kind }) => kind))].flatMap((kind) => {
    const all = objects.filter((one) => one.kind === kind);
    const gone = all.filter(({ urn }) => lost.has(urn));
    if (gone.length < 2 || gone.length <= all.length * SHARE) return [];
    return [
      {
        gate: massDeletion.name,
        object: `losses:${kind}`,
        change: collectionDigest(gone),
        what: `${gone.length} of ${all.length} objects of the kind ${kind} are gone from the control plane and would leave the state`,
        advice: "Look whether this is the right control plane, and a credential that sees all of it; `gatehouse drift` lists them.",
      },
    ];
  });
}
