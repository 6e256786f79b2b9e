import { InvalidInput, Unauthorized } from "../../errors.js";
import type { Authenticate, SignIn } from "../../http/client.js";
import { credential } from "../../http/credentials.js";
import type { ControlPlaneSettings, Environment } from "../../http/settings.js";
import { bodyOf } from "./answers.js";

/** The version whose API is known in full: it was measured, and others were not. Later ones moved credentials to connections and renamed projects. */
const KNOWN_VERSION = "0.2.0";
/** Names the one other version that the operator has decided to try. In the environment, where no pull request can set it. */
const OPT_IN = "GATEHOUSE_ROUTERLY_VERSION";

const EMAIL = "GATEHOUSE_ROUTERLY_EMAIL";
const PASSWORD = "GATEHOUSE_ROUTERLY_PASSWORD";

type Headers = Readonly<Record<string, string>>;

/**
 * Logs in when the first request is made and again when a session is refused, or uses the session token that it is given. Asks first
 * which version answers.
 */
export function routerlySession({ settings }: { readonly settings: ControlPlaneSettings }): Authenticate {
  let current: Headers | undefined;
  let isKnownVersion = false;
  return async (environment, signIn) => {
    if (!isKnownVersion) await refuseUnknownVersion(settings, environment, signIn);
    isKnownVersion = true;
    if (usesToken(settings, environment)) return bearer(credential(settings, "token", environment));
    const isRefused = signIn.refused !== undefined && signIn.refused.authorization === current?.authorization;
    if (current === undefined || isRefused) current = bearer(await logIn(settings, environment, signIn));
    return current;
  };
}

const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` });

/** A declaration says which; where it says nothing, the environment does. */
function usesToken({ credentials }: ControlPlaneSettings, environment: Environment): boolean {
  if (credentials !== undefined) return credentials.token !== undefined;
  return !environment[EMAIL];
}

async function logIn(settings: ControlPlaneSettings, environment: Environment, { exchange }: SignIn): Promise<string> {
  const named = { ...settings, credentials: { email: { env: EMAIL }, password: { env: PASSWORD }, ...settings.credentials } };
  const login = { email: credential(named, "email", environment), password: credential(named, "password", environment) };
  const answer = await exchange("POST", "/api/auth/login", login);
  const subject = `control plane "${settings.name}"`;
  if (answer.status === 401) {
    throw new Unauthorized({
      subject,
      what: "refuses the login: the e-mail address or the password is wrong, or the server lost its users",
      advice: "Check both, case included. If they are right, look whether the server's backup must be restored before anything else.",
    });
  }
  return bodyOf<{ token: string }>(answer, subject, "cannot be logged in to").token;
}

async function refuseUnknownVersion(settings: ControlPlaneSettings, environment: Environment, { exchange }: SignIn): Promise<void> {
  const subject = `control plane "${settings.name}"`;
  const { version } = bodyOf<{ version?: unknown }>(await exchange("GET", "/health"), subject, "cannot be asked for its version") ?? {};
  if (typeof version === "string" && [KNOWN_VERSION, environment[OPT_IN]].includes(version)) return;
  throw new InvalidInput({
    subject,
    what: `is Routerly ${String(version ?? "of an unknown version")}, and Gatehouse knows the API of ${KNOWN_VERSION} only: other versions may keep credentials, limits and projects elsewhere`,
    advice: `To try it all the same, on a copy with a backup, set ${OPT_IN}=${String(version)} in the environment of whoever runs this.`,
  });
}
