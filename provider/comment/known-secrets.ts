import type { Environment } from "../http/settings.js";

/** Settings of Gatehouse that are no secrets; every other variable that begins with GATEHOUSE_ may be one that a stack names. */
const SETTINGS =
  /^GATEHOUSE_(URL(_.*)?|ORIGINS|TIMEOUT_MS|READ_ONLY|SECRETS_DIR|CACHE_DIR|CONFIRMATIONS|PARENT_PID|NAME|BOOTSTRAP_EMAIL|ROUTERLY_(EMAIL|VERSION))$/;
const SECRETS = /^(GATEHOUSE_.*|PULUMI_CONFIG_PASSPHRASE|PULUMI_ACCESS_TOKEN|GITHUB_TOKEN|GITLAB_TOKEN|CI_JOB_TOKEN)$/;

/** Values of the environment that are, or may be, secrets; the longest first, so that none is hidden in part. */
export function knownSecrets(environment: Environment): readonly string[] {
  const named = Object.entries(environment).filter(([name]) => SECRETS.test(name) && !SETTINGS.test(name));
  return named.flatMap(([, value]) => (value ? [value] : [])).toSorted((a, b) => b.length - a.length);
}
