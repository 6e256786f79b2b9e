import { securityPolicy } from "../../schema/kinds/security-policy.js";
import { UNKNOWN } from "../../schema/unknown.js";
import type { Values } from "./facts.js";

export const SECURITY_POLICY = securityPolicy.name;

/** Single sign-on in a security policy; without any property when there is none. */
export function singleSignOnOf(inputs: Values | undefined): Values {
  const policy = inputs?.singleSignOn;
  return typeof policy === "object" && policy !== null ? (policy as Values) : {};
}

/** Its status; empty when nothing is declared, `UNKNOWN` when only the apply knows. */
export function statusOf(inputs: Values | undefined): string {
  if (inputs?.singleSignOn === UNKNOWN) return UNKNOWN;
  const { status } = singleSignOnOf(inputs);
  return typeof status === "string" ? status : "";
}

/** True when people sign in by it. */
export function isOn(status: string): boolean {
  return status === "required" || status === "gradual";
}
