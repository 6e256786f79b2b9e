import { UNKNOWN } from "../../../schema/unknown.js";
import { takenAlong } from "../cascade.js";
import { changeDigest, collectionDigest } from "../digest.js";
import { endsAccess, firstDayWithNotice } from "../end-of-access.js";
import { environmentOf } from "../environment-class.js";
import { type Facts, isEnding, type ObjectStep, type Values } from "../facts.js";
import type { Finding, Gate } from "../gate.js";
import { holdingsOf } from "../holdings.js";
import { hasEnded } from "../live-objects.js";

const KEY = "ApiKey";

/**
 * A rotation (`rotate` raised) ends the former secret at once, too, and passes: it is what guardrails ask for every 90 days, whoever does
 * it wants the new secret, and the report shows it as high. Where a system cannot renew a key in place it is a replacement, and is judged
 * as one. A key whose environment nobody tells does not count as a production key: where a system knows no environments, every routine
 * end of a key would want an approval. An end that an earlier run recorded passes when it has come: it was judged when it was declared.
 */
export const productionKeyEnds: Gate = {
  name: "production-key-ends",
  title: "A production key is deleted or replaced, or runs out",
  why: "Whatever calls models with it fails from that moment on, until the new secret has reached it.",
  judge: (facts) =>
    facts.changes.objects.flatMap((step) => {
      if (step.kind === KEY) return isEnding(step) ? ofKey(step, facts) : ofItsDate(step, facts);
      return isEnding(step) ? ofOwner(step, facts) : [];
    }),
};

function ofKey(step: ObjectStep, facts: Facts): readonly Finding[] {
  const values = heldValues(step, facts);
  if (!isInProduction(step, values, facts) || step.endedOn !== undefined) return [];
  return [
    {
      object: step.name,
      change: changeDigest(step),
      what: `the production key ends${step.operation === "replace" ? " and another one takes its place" : ""}${lastUse([values])}`,
      advice: "Make the new key beside it, move its consumer over, and delete this one when nothing uses it any more.",
    },
  ];
}

function ofItsDate(step: ObjectStep, facts: Facts): readonly Finding[] {
  if (step.before === undefined || step.after === undefined || step.operation === "same") return [];
  const values = heldValues(step, facts);
  const end = step.after.expiresAt;
  if (!isInProduction(step, values, facts) || !endsAccess(values.expiresAt, end, facts.today)) return [];
  return [
    {
      object: step.name,
      change: changeDigest(step),
      what: `${end === UNKNOWN ? "only the apply knows when the production key ends" : `the production key ends on ${String(end)}`}${lastUse([values])}`,
      advice: `Let it end no earlier than ${firstDayWithNotice(facts.today)}, so that what uses it can move over to another key before.`,
    },
  ];
}

function heldValues(step: ObjectStep, facts: Facts): Values {
  return holdingsOf(facts, step.controlPlane).find(KEY, step.before?.id)?.values ?? step.before?.inputs ?? {};
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
