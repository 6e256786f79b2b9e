import { changeDigest } from "../digest.js";
import { isDeletion, isEnding } from "../facts.js";
import type { Finding, Gate } from "../gate.js";
import { holdingsOf } from "../holdings.js";

const PROJECT = "Project";

export const projectWithHistory: Gate = {
  name: "project-with-history",
  title: "A project that was used is deleted or replaced",
  why: "Its traces, costs and audit record go with it, and nobody can bring them back.",
  judge: (facts) =>
    facts.changes.objects
      .filter((step) => step.kind === PROJECT && isEnding(step))
      .flatMap((step): Finding[] => {
        const holdings = holdingsOf(facts, step.controlPlane);
        const spend = holdings.find(PROJECT, step.before?.id)?.values.totalMonthlySpendUsd;
        const lastUsedAt = holdings
          .within(PROJECT, step.before?.id)
          .flatMap(({ values }) => (typeof values.lastUsedAt === "string" ? [values.lastUsedAt] : []))
          .toSorted()
          .at(-1);
        const told = [
          ...(typeof spend === "number" && spend > 0 ? [`spent ${spend} USD this month`] : []),
          ...(lastUsedAt === undefined ? [] : [`was last used ${lastUsedAt.slice(0, 10)}`]),
        ];
        if (told.length === 0) return [];
        return [
          {
            object: step.name,
            change: changeDigest(step),
            what: `the project ${told.join(" and ")}, and would be ${isDeletion(step) ? "deleted with its history" : "replaced by one without its history"}`,
            advice: "Archive it instead (`status: archived`), which keeps the history and ends the traffic.",
          },
        ];
      }),
};
