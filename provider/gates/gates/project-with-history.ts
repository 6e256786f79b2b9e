import { changeDigest } from "../digest.js";
import { type Facts, isDeletion, type ObjectStep } from "../facts.js";
import type { Finding, Gate } from "../gate.js";
import { holdingsOf } from "../holdings.js";
import { ARCHIVED, losesHistory } from "../retirement.js";
import { useOfProject } from "../use-of-project.js";

export const projectWithHistory: Gate = {
  name: "project-with-history",
  title: "A project that was used, or that is archived, is deleted or replaced",
  why: "Its traces, costs and audit record go with it, and nobody can bring them back.",
  judge: (facts) =>
    facts.changes.objects.filter(losesHistory).flatMap((step): Finding[] => {
      const history = historyOf(step, facts);
      if (history.length === 0) return [];
      const isArchived = isInArchive(step, facts);
      return [
        {
          object: step.name,
          change: changeDigest(step),
          what: `the project ${history.join(" and ")}, and would be ${isDeletion(step) ? "deleted with its history" : "replaced by one without its history"}`,
          advice: isArchived
            ? "Apply `onDelete: release` on it first, which leaves it archived when it goes from the stack."
            : "Archive it instead (`status: archived`), which keeps the history and ends the traffic.",
        },
      ];
    }),
};

/** What tells that it was used, at any time: an archive is kept for nothing else. */
function historyOf(step: ObjectStep, facts: Facts): readonly string[] {
  const { usedKeys, spentThisMonthUsd } = useOfProject(step, facts);
  const [last] = usedKeys;
  return [
    ...(spentThisMonthUsd > 0 ? [`spent ${spentThisMonthUsd} USD this month`] : []),
    ...(last === undefined ? [] : [`was last used ${last.lastUsedAt.slice(0, 10)}`]),
    ...(isInArchive(step, facts) ? ["is archived"] : []),
  ];
}

function isInArchive(step: ObjectStep, facts: Facts): boolean {
  return holdingsOf(facts, step.controlPlane).find(step.kind, step.before?.id)?.values.status === ARCHIVED;
}
