import type { PropertyChange } from "../../provider/plan/changes.js";
import type { Circumstances } from "../../provider/reconcile/decide.js";
import type { PlannedChange } from "../../provider/reconcile/planned-change.js";
import { policyIn } from "../../provider/reconcile/policy.js";

/** The policy of a stack that states none. */
export const USUAL: Circumstances = { policy: policyIn([]), up: "gatehouse up acme --stack dev", approved: [] };

/** A property that somebody changed at the control plane. */
export function drifted(property: string, before: unknown = "was", after: unknown = "is"): PropertyChange {
  return { property, before, after, cause: "server" };
}

/** A property that the declaration changed. */
export function declared(property: string): PropertyChange {
  return { property, before: "was", after: "is", cause: "declaration" };
}

type Given = Partial<Omit<PlannedChange, "change">> & Partial<PlannedChange["change"]>;

/** An update of a project's description, unless said otherwise. */
export function planned({
  name = "projects/checkout",
  kind = "Project",
  operation = "update",
  properties = [],
  endedOn,
  ...more
}: Given): PlannedChange {
  const urn = `urn:pulumi:dev::acme::pulumi-nodejs:dynamic/gatehouse:${kind}::${name}`;
  const change = { operation, kind, name, urn, why: "", properties, ...(endedOn === undefined ? {} : { endedOn }) };
  return { change, kind, isGone: false, deletesAdopted: false, inputs: {}, swept: [], unhealthy: undefined, ...more };
}
