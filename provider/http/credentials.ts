import { SECRET_VARIABLE_PATTERN } from "../../schema/field.js";
import { CredentialRefused, InvalidInput } from "../errors.js";
import { type ControlPlaneSettings, type Environment, effectiveUrl, isLoopback, rehearsalProblem, urlVariable } from "./settings.js";

const DEFAULT_TOKEN_VARIABLE = "GATEHOUSE_TOKEN";

/**
 * Origins a credential may be sent to besides loopback: those of the operator's environment, never of the declaration. A pull
 * request can change a declaration, not the environment of the job that previews it.
 */
function trustedOrigins(settings: ControlPlaneSettings, environment: Environment): ReadonlySet<string> {
  const listed = (environment.GATEHOUSE_ORIGINS ?? "").split(/[\s,]+/);
  const overrides = [environment[urlVariable(settings.name)], settings.oneOfSeveral ? undefined : environment.GATEHOUSE_URL];
  const origins = [...listed, ...overrides].flatMap((text) => (text && URL.canParse(text) ? [new URL(text).origin] : []));
  return new Set(origins);
}

/** Refuses an address that no credential of this machine is bound to, and for a rehearsal every one that is not this machine's. */
export function assertTrusted(settings: ControlPlaneSettings, environment: Environment): URL {
  const problem = rehearsalProblem(settings, environment);
  if (problem !== undefined) throw new InvalidInput(problem);
  const url = effectiveUrl(settings, environment);
  if (isLoopback(url)) return url;
  const subject = `control plane "${settings.name}"`;
  if (url.protocol !== "https:") {
    throw new CredentialRefused({
      subject,
      what: `is at ${url.origin}: a credential is sent over plain http to loopback only`,
      advice: "Use the https address.",
    });
  }
  if (!trustedOrigins(settings, environment).has(url.origin)) {
    throw new CredentialRefused({
      subject,
      what: `is at ${url.origin}, an origin that no credential is bound to`,
      advice: `If this address is right, set GATEHOUSE_ORIGINS=${url.origin} in the environment of whoever runs this. A stack file cannot do it.`,
    });
  }
  return url;
}

/** The value of one named credential (`token`), read from the environment when it is needed. */
export function credential(settings: ControlPlaneSettings, name: string, environment: Environment): string {
  const variable = settings.credentials?.[name]?.env ?? DEFAULT_TOKEN_VARIABLE;
  const subject = `control plane "${settings.name}"`;
  if (!new RegExp(SECRET_VARIABLE_PATTERN).test(variable)) {
    throw new CredentialRefused({
      subject,
      what: `names ${variable} for its ${name}: only variables that begin with GATEHOUSE_ may be named`,
      advice: `Rename the variable to GATEHOUSE_${variable.toUpperCase().replace(/[^A-Z0-9]+/g, "_")}.`,
    });
  }
  const value = environment[variable];
  if (value === undefined || value === "") {
    throw new CredentialRefused({
      subject,
      what: `needs its ${name} in the environment variable ${variable}, which is not set`,
      advice: `Run again with ${variable} set.`,
    });
  }
  return value;
}
