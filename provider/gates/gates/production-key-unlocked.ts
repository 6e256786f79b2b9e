import { UNKNOWN } from "../../../schema/unknown.js";
import { changeDigest, collectionDigest } from "../digest.js";
import { environmentOf } from "../environment-class.js";
import { type Facts, isDeletion, type ObjectStep } from "../facts.js";
import type { Finding, Gate } from "../gate.js";
import { holdingsOf } from "../holdings.js";
import { sameByName } from "../live-objects.js";

const KEY = "ApiKey";

/** A key whose environment nobody tells counts as a production key: no routine takes a lock away. */
export const productionKeyUnlocked: Gate = {
  name: "production-key-unlocked",
  title: "A production key is no longer locked to its project",
  why: "It would then reach the models and data of every project, and its costs could be charged to any.",
  judge: (facts) =>
    facts.changes.objects
      .filter(({ kind, after }) => kind === KEY && after !== undefined && (after.project === undefined || after.project === UNKNOWN))
      .flatMap((step) => {
        const former = step.before === undefined ? formerOf(step, facts) : step;
        return former === undefined ? [] : unlocked(step, former, facts);
      }),
};

/** The key of the same name that goes where this one comes: its declaration moved. */
function formerOf({ controlPlane, after = {} }: ObjectStep, { changes }: Facts): ObjectStep | undefined {
  return changes.objects.find(
    (step) =>
      step.kind === KEY && step.controlPlane === controlPlane && isDeletion(step) && sameByName(KEY, after, step.before?.inputs ?? {}),
  );
}

function unlocked(step: ObjectStep, former: ObjectStep, facts: Facts): readonly Finding[] {
  const was = former.before?.inputs ?? {};
  const environment = environmentOf(KEY, was, holdingsOf(facts, step.controlPlane));
  if (was.project === undefined || (environment !== "production" && environment !== undefined)) return [];
  const key = environment === undefined ? "the key, whose environment nobody tells," : "the production key";
  const instead = step.after?.defaultProject === undefined ? "" : " and gets a default project instead";
  return [
    {
      object: step.name,
      change: step === former ? changeDigest(step) : collectionDigest([former, step]),
      what: step.after?.project === UNKNOWN ? `only the apply knows whether ${key} stays locked` : `${key} loses its lock${instead}`,
      advice: "Keep `project` on the key, and give whoever needs another project a key of its own.",
    },
  ];
}
