import type { Custody } from "../../../schema/kind.js";
import { kindNamed } from "../../../schema/kinds/index.js";
import { UNKNOWN } from "../../../schema/unknown.js";
import { changeDigest } from "../digest.js";
import { environmentOf } from "../environment-class.js";
import type { Facts, ObjectStep, Values } from "../facts.js";
import type { Finding, Gate } from "../gate.js";
import { type Holdings, holdingsOf } from "../holdings.js";
import { hasEnded, mayShareOwners, sameByName } from "../live-objects.js";

export const revokedKeyReturns: Gate = {
  name: "revoked-key-returns",
  title: "A key that was revoked, paused or lost comes back",
  why: "Somebody, or a budget, took that access away on purpose; a leaked key must not be given to whoever leaked it again.",
  judge: (facts) =>
    facts.changes.objects.flatMap((step): Finding[] => {
      const custody = kindNamed(step.kind)?.custody;
      const status = custody === undefined ? undefined : returning(step, custody, facts);
      if (status === undefined) return [];
      return [
        {
          object: step.name,
          change: changeDigest(step),
          what: `${step.operation === "create" ? "a key of its name, or for its purpose," : "it"} is ${status} at the control plane, and a new secret would be made for it`,
          advice: "Find out who took it away and why; then have its return approved, or remove the declaration.",
        },
      ];
    }),
};

/** The status of the object that this step brings back. */
function returning(step: ObjectStep, custody: Custody, facts: Facts): string | undefined {
  if (step.operation === "create") return formerStatus(step, custody, facts);
  const isMadeAnew = step.operation === "replace" || (step.managed && isRaised(step, custody));
  const values = holdingsOf(facts, step.controlPlane).find(step.kind, step.before?.id)?.values ?? {};
  return isMadeAnew && step.before !== undefined ? unhealthy(values, custody) : undefined;
}

function isRaised({ before, after }: ObjectStep, { renewedBy }: Custody): boolean {
  const [was, is] = [before?.inputs[renewedBy] ?? 0, after?.[renewedBy]];
  return is === UNKNOWN || (typeof is === "number" && typeof was === "number" && is > was);
}

/**
 * An object of the same name or purpose that leaves the stack in this change, or one of the same name that is there and out of use. One
 * that has ended and that the stack does not hold may have been deleted by the stack itself long ago: nothing tells, so it counts for
 * nothing.
 */
function formerStatus({ kind, controlPlane, after = {} }: ObjectStep, custody: Custody, facts: Facts): string | undefined {
  const holdings = holdingsOf(facts, controlPlane);
  const former = holdings.of(kind).filter(({ values, step }) => {
    if (step === undefined) return !hasEnded(kind, values) && sameByName(kind, after, values);
    return step.after === undefined && (sameByName(kind, after, values) || samePurpose(kind, after, values, holdings));
  });
  return former.flatMap(({ values }) => unhealthy(values, custody) ?? []).at(0);
}

/** Under another name, the same consumer in the same project and environment gets its access back. */
function samePurpose(kind: string, a: Values, b: Values, holdings: Holdings): boolean {
  const isSame = (one: unknown, other: unknown) => one === other || one === UNKNOWN;
  return (
    b.consumer !== undefined &&
    isSame(a.consumer, b.consumer) &&
    mayShareOwners(kind, a, b) &&
    isSame(environmentOf(kind, a, holdings), environmentOf(kind, b, holdings))
  );
}

function unhealthy(values: Values, { statusField, healthy }: Custody): string | undefined {
  const status = values[statusField];
  return typeof status === "string" && status !== healthy ? status : undefined;
}
