import { UNKNOWN } from "../../../schema/unknown.js";
import { changeDigest } from "../digest.js";
import { environmentOf } from "../environment-class.js";
import type { Finding, Gate } from "../gate.js";
import { holdingsOf } from "../holdings.js";

const KEY = "ApiKey";

export const productionKeyUnlocked: Gate = {
  name: "production-key-unlocked",
  title: "A production key is no longer locked to its project",
  why: "It would then reach the models and data of every project, and its costs could be charged to any.",
  judge: (facts) =>
    facts.changes.objects
      .filter(({ kind, before, after }) => kind === KEY && before?.inputs.project !== undefined && after !== undefined)
      .flatMap((step): Finding[] => {
        const holdings = holdingsOf(facts, step.controlPlane);
        const project = step.after?.project;
        if (project !== undefined && project !== UNKNOWN) return [];
        if (environmentOf(KEY, step.before?.inputs ?? {}, holdings) !== "production") return [];
        const instead = step.after?.defaultProject === undefined ? "" : " and gets a default project instead";
        return [
          {
            object: step.name,
            change: changeDigest(step),
            what:
              project === UNKNOWN
                ? "only the apply knows whether the production key stays locked"
                : `the production key loses its lock${instead}`,
            advice: "Keep `project` on the key, and give whoever needs another project a key of its own.",
          },
        ];
      }),
};
