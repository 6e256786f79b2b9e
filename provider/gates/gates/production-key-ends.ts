import { takenAlong } from "../cascade.js";
import { changeDigest, collectionDigest } from "../digest.js";
import { environmentOf } from "../environment-class.js";
import { type Facts, isEnding, type ObjectStep, type Values } from "../facts.js";
import type { Finding, Gate } from "../gate.js";
import { holdingsOf } from "../holdings.js";
import { hasEnded } from "../live-objects.js";

const KEY = "ApiKey";

export const productionKeyEnds: Gate = {
  name: "production-key-ends",
  title: "A production key is deleted or replaced",
  why: "Whatever calls models with it fails from that moment on, until the new secret has reached it.",
  judge: (facts) =>
    facts.changes.objects.filter(isEnding).flatMap((step) => (step.kind === KEY ? ofKey(step, facts) : ofOwner(step, facts))),
};

function ofKey(step: ObjectStep, facts: Facts): readonly Finding[] {
  const values = holdingsOf(facts, step.controlPlane).find(KEY, step.before?.id)?.values ?? step.before?.inputs ?? {};
  if (!isInProduction(step, values, facts)) return [];
  return [
    {
      object: step.name,
      change: changeDigest(step),
      what: `the production key ends${step.operation === "replace" ? " and another one takes its place" : ""}${lastUse([values])}`,
      advice: "Make the new key beside it, move its consumer over, and delete this one when nothing uses it any more.",
    },
  ];
}

/** Keys that nobody declared, and that go with what they belong to. */
function ofOwner(step: ObjectStep, facts: Facts): readonly Finding[] {
  const keys = takenAlong(step, facts).filter(({ kind, values }) => kind === KEY && isInProduction(step, values, facts));
  if (keys.length === 0) return [];
  return [
    {
      object: step.name,
      change: collectionDigest(
        [step],
        keys.map(({ id }) => id ?? ""),
      ),
      what: `production keys go with it: ${keys.map(({ id, values }) => String(values.name ?? id)).join(", ")}${lastUse(keys.map(({ values }) => values))}`,
      advice: "Move what uses them over to other keys first.",
    },
  ];
}

function isInProduction({ controlPlane }: ObjectStep, values: Values, facts: Facts): boolean {
  return !hasEnded(KEY, values) && environmentOf(KEY, values, holdingsOf(facts, controlPlane)) === "production";
}

function lastUse(keys: readonly Values[]): string {
  const last = keys
    .map(({ lastUsedAt }) => lastUsedAt)
    .filter((at) => typeof at === "string")
    .toSorted()
    .at(-1);
  return last === undefined ? "" : `, last used ${last.slice(0, 10)}`;
}
