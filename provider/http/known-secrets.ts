import type { Environment } from "./settings.js";

/** Settings of Gatehouse that are no secrets; every other variable that begins with GATEHOUSE_ may be one that a stack names. */
const SETTINGS =
  /^GATEHOUSE_(URL(_.*)?|ORIGINS|TIMEOUT_MS|READ_ONLY|SECRETS_DIR|SINKS|CACHE_DIR|CONFIRMATIONS|PARENT_PID|NAME|BOOTSTRAP_EMAIL|ROUTERLY_(EMAIL|VERSION))$/;
/** What a stack may name, what decrypts and reaches its state, and what a job speaks to its platform with. */
const SECRETS =
  /^(GATEHOUSE_.*|PULUMI_CONFIG_PASSPHRASE|PULUMI_ACCESS_TOKEN|AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN|AZURE_STORAGE_(KEY|SAS_TOKEN)|(AZURE|ARM)_CLIENT_SECRET|GOOGLE_CREDENTIALS|GITHUB_TOKEN|GITLAB_TOKEN|CI_JOB_TOKEN)$/;
/** Addresses that may carry a password. */
const ADDRESSES = /^(PULUMI_BACKEND_URL|GATEHOUSE_URL(_.*)?)$/;

/** Values of the environment that are, or may be, secrets; the longest first, so that none is hidden in part. */
export function knownSecrets(environment: Environment): readonly string[] {
  return Object.entries(environment)
    .flatMap(([name, value]) => {
      if (!value) return [];
      if (ADDRESSES.test(name)) return passwordsIn(value);
      return SECRETS.test(name) && !SETTINGS.test(name) ? [value] : [];
    })
    .toSorted((a, b) => b.length - a.length);
}

/** The password of an address, as it is written there and as it is meant. */
function passwordsIn(address: string): readonly string[] {
  const written = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*?:([^/?#]+)@/i.exec(address)?.[1];
  if (written === undefined) return [];
  try {
    return [...new Set([written, decodeURIComponent(written)])];
  } catch {
    return [written];
  }
}
