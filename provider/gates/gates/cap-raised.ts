import type { Field } from "../../../schema/field.js";
import type { Kind } from "../../../schema/kind.js";
import { kindNamed } from "../../../schema/kinds/index.js";
import { UNKNOWN } from "../../../schema/unknown.js";
import { adapterOf } from "../../adapters/index.js";
import { supportOf } from "../../adapters/support.js";
import { ownersOf } from "../belonging.js";
import { type Cap, capsIn } from "../caps-of.js";
import { changeDigest } from "../digest.js";
import { type Facts, isEnding, type ObjectStep, type Values } from "../facts.js";
import type { Finding, Gate } from "../gate.js";
import { holdingsOf } from "../holdings.js";

/** How many times as high a ceiling may become in one change. */
const FACTOR = 2;

export const capRaised: Gate = {
  name: "cap-raised",
  title: "A ceiling on money or use is more than doubled, or removed",
  why: "A zero too many is spent before anybody reads the bill.",
  judge: (facts) =>
    facts.changes.objects.flatMap((step): Finding[] => {
      const kind = kindNamed(step.kind);
      const loosened = kind === undefined || step.before === undefined ? [] : loosenedBy(step, kind, step.before.inputs, facts);
      if (loosened.length === 0) return [];
      return [
        {
          object: step.name,
          change: changeDigest(step),
          what: loosened.join("; "),
          advice: `Raise it in steps of at most ×${FACTOR}, with a look at what is really used in between.`,
        },
      ];
    }),
};

function loosenedBy(step: ObjectStep, kind: Kind, before: Values, facts: Facts): readonly string[] {
  const caps = capsIn(kind.fields, before);
  if (step.operation === "delete") return goesAlone(step, facts) ? caps.filter(({ isShared }) => isShared).map(removed) : [];
  if (step.after === undefined) return [];
  const after = capsIn(kind.fields, step.after);
  const isElsewhere = changesScope(kind, before, step.after);
  const loosened = caps.flatMap((cap) => (cap.isShared && isElsewhere ? [removed(cap)] : loosening(cap, after)));
  return [
    ...loosened,
    ...(caps.length > 0 && stops(before, kind, step) && !stops(step.after, kind, step)
      ? ["at its ceiling somebody would only be told, and nothing stopped"]
      : []),
  ];
}

function loosening(cap: Cap, after: readonly Cap[]): readonly string[] {
  const next =
    after.find(({ path }) => path === cap.path) ?? after.find(({ path, value }) => value === UNKNOWN && cap.path.startsWith(path));
  if (next === undefined) return [removed(cap)];
  if (next.value === UNKNOWN) return [`only the apply knows what ${cap.path} becomes; it is ${cap.value}`];
  return next.weight > cap.weight * FACTOR
    ? [`${cap.path} rises from ${cap.value} to ${next.value}${next.value === cap.value ? " in a shorter period" : ""}`]
    : [];
}

function removed({ path, value }: Cap): string {
  return `${path}, which is ${value}, is removed`;
}

/**
 * True when what a shared ceiling stands over is another one afterwards: a fixed property changes, or a word of one's own (a team), that is
 * no mere name. A reference that only the apply knows is one to an object that is made anew.
 */
function changesScope(kind: Kind, before: Values, after: Values): boolean {
  return Object.entries(kind.fields)
    .filter(([, field]) => saysWhat(field))
    .some(([name, { reference }]) => before[name] !== after[name] && (reference === undefined || after[name] !== UNKNOWN));
}

function saysWhat({ flags, schema }: Field): boolean {
  return flags.named !== true && !flags.computed && (flags.replace === true || (schema.type === "string" && schema.enum === undefined));
}

/** Whether anything is stopped at the ceilings. Where nothing is said a key's own stop, and one over others where its system knows nothing milder. */
function stops({ onBreach }: Values, kind: Kind, { system }: ObjectStep): boolean {
  if (onBreach !== undefined) return onBreach !== "warn" && onBreach !== UNKNOWN;
  if (!Object.values(kind.fields).some(({ flags }) => flags.cap === "shared")) return true;
  const support = supportOf(adapterOf(system), kind);
  const words = "lacking" in support ? undefined : support.values?.onBreach;
  return words !== undefined && !words.includes("warn");
}

/** False when what the ceiling stands over ends with it. */
function goesAlone(step: ObjectStep, facts: Facts): boolean {
  if (facts.operation === "destroy") return false;
  const owners = ownersOf(step.kind, step.before?.inputs ?? {}).map(({ kind, id }) => holdingsOf(facts, step.controlPlane).find(kind, id));
  return !owners.some((owner) => owner?.step !== undefined && isEnding(owner.step));
}
