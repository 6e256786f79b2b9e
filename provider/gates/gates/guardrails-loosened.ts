import { governance } from "../../../schema/kinds/governance.js";
import { changeDigest } from "../digest.js";
import type { ObjectStep } from "../facts.js";
import type { Finding, Gate } from "../gate.js";
import { looserHouse, STRICTNESS } from "../looser-house.js";
import { isRemote } from "../remote.js";

/** New exceptions pass: they are for one object each, dated, and told by the report. So does all that makes guardrails stricter. */
export const guardrailsLoosened: Gate = {
  name: "guardrails-loosened",
  title: "The guardrails of a stack that is in use become less strict",
  why: "What nobody would have let through passes with the same change, or quietly with the next one.",
  judge: ({ changes, operation }) => {
    const isInUse = changes.objects.some((step) => step.managed && isRemote(step));
    if (operation === "destroy" || !isInUse) return [];
    return changes.objects.filter(({ kind }) => kind === governance.name).flatMap(ofHouse);
  },
};

function ofHouse(step: ObjectStep): readonly Finding[] {
  const looser = looserHouse(step.before?.inputs ?? {}, step.after ?? {});
  if (looser.length === 0) return [];
  return [
    {
      object: step.name,
      change: changeDigest(strictnessOf(step)),
      what: looser.join("; "),
      advice:
        "Keep the guardrail and except the one object that cannot follow it, with a reason and an end (`governance.exceptions`), or put that object right.",
    },
  ];
}

/** The change without approvals and exceptions, and of rules that may not be there yet: to record its approval must not make it another one. */
function strictnessOf(step: ObjectStep): ObjectStep {
  const properties = step.properties.filter(({ property }) =>
    STRICTNESS.some((name) => property === name || property.startsWith(`${name}.`)),
  );
  return { ...step, operation: "update", before: undefined, properties };
}
