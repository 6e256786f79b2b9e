import { governance } from "../../schema/kinds/governance.js";
import type { Step } from "../plan/changes.js";
import { type Policy, policyOf } from "../plan/reconcile-policy.js";
import { kindOfToken } from "../provider-string.js";

/** The policy that the checked-out declaration states, from the steps of a plan: in YAML and in programs alike. */
export function policyIn(steps: readonly Step[]): Policy {
  const house = steps.find(({ type, op }) => kindOfToken(type) === governance.name && op !== "delete");
  return policyOf((house?.new ?? house?.old)?.inputs?.reconcile);
}
