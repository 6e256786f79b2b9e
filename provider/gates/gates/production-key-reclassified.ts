import { UNKNOWN } from "../../../schema/unknown.js";
import { ownersOf } from "../belonging.js";
import { collectionDigest } from "../digest.js";
import { environmentAfter, environmentOf } from "../environment-class.js";
import { type Facts, isEnding, type ObjectStep } from "../facts.js";
import type { Finding, Gate } from "../gate.js";
import { type HeldObject, type Holdings, holdingsOf, planesIn } from "../holdings.js";
import { hasEnded } from "../live-objects.js";

const KEY = "ApiKey";

/** Judges every key that there is, since a project's class is that of its keys, those that nobody declared among them. */
export const productionKeyReclassified: Gate = {
  name: "production-key-reclassified",
  title: "A production key is no longer of the production class",
  why: "Caps, locks and gates of production would not hold for it any more, and the next change could end it unseen.",
  judge: (facts) => planesIn(facts.changes).flatMap((plane) => onPlane(plane, facts)),
};

function onPlane(plane: string, facts: Facts): readonly Finding[] {
  const holdings = holdingsOf(facts, plane);
  const leaving = holdings.of(KEY).flatMap((key): Leaving[] => {
    const { step } = key;
    if (hasEnded(KEY, key.values) || (step !== undefined && isEnding(step))) return [];
    if (environmentOf(KEY, key.values, holdings) !== "production") return [];
    const becomes = environmentAfter(key, holdings);
    const cause = becomes === "production" ? undefined : causeOf(key, holdings);
    return cause === undefined ? [] : [{ key, cause, becomes }];
  });
  return [...Map.groupBy(leaving, ({ cause }) => cause)].map(([cause, keys]) => finding(cause, keys));
}

/** A key, the step that takes it out of production, and the class that it then has. */
interface Leaving {
  readonly key: HeldObject;
  readonly cause: ObjectStep;
  readonly becomes: unknown;
}

/** The change of what gave the key its class: of the key itself, or of its project. */
function causeOf(key: HeldObject, holdings: Holdings): ObjectStep | undefined {
  const project = ownersOf(KEY, key.values).map(({ kind, id }) => holdings.find(kind, id)?.step);
  const changed = [key.step, ...project].filter((step) => step?.properties.some(({ property }) => property === "environment"));
  return changed[0] ?? key.step;
}

function finding(cause: ObjectStep, leaving: readonly Leaving[]): Finding {
  const ids = leaving.map(({ key }) => key.id ?? "");
  const isItself = leaving.every(({ key }) => key.step === cause);
  const names = leaving.map(({ key: { id, values } }) => String(values.name ?? id)).join(", ");
  return {
    object: cause.name,
    change: collectionDigest([cause], ids),
    what: `${isItself ? "the production key" : `${leaving.length === 1 ? "a production key" : "production keys"} in it, ${names},`} ${wordsOf(leaving[0]?.becomes)}`,
    advice: "Make a key of its own for the other environment, and end this one when nothing in production uses it any more.",
  };
}

function wordsOf(environment: unknown): string {
  if (environment === UNKNOWN) return "may not be of that class any more: only the apply knows";
  return environment === undefined ? "would have no environment class any more" : `would be of the class ${String(environment)}`;
}
