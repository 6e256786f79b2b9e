import { isLoopback } from "../../http/settings.js";
import { defineSinkType } from "../define-sink-type.js";
import type { Fault } from "../fault.js";
import { newestVersionSink } from "../newest-version.js";
import { optionalModule } from "../optional-module.js";
import { portableNames } from "../portable-names.js";
import { httpsAddress } from "../setting-fields.js";
import { filled, template } from "../template.js";
import { attemptTimeoutMs } from "../timeout.js";

const SECRETS = "@azure/keyvault-secrets";
const IDENTITY = "@azure/identity";

/** Letters, digits and hyphens, whose case the vault does not tell. No name is written with two hyphens in a row, or one at an end. */
const NAMES = portableNames({
  around: "A-Za-z0-9-",
  between: "--",
  word: /^[a-z0-9]+(-[a-z0-9]+)*$/,
  caseInsensitive: true,
  maxLength: 127,
});
const DEFAULT_NAME = "gatehouse--{project}--{key}";

const MAX_RETRIES = 2;
const FIRST_RETRY_DELAY_MS = 250;

const ACCESS =
  "The identity that Gatehouse runs as needs the permissions set and get for secrets of the vault, as the role Key Vault Secrets Officer " +
  "has them, and credentials where the SDK of Azure looks for them (DefaultAzureCredential).";

/** A secret of Azure Key Vault. The newest version is the one in use. */
export const azureKeyVault = defineSinkType("azure-key-vault", {
  title: "Azure Key Vault",
  modules: [SECRETS, IDENTITY],
  settings: {
    /** Address of the vault: `https://acme-ai.vault.azure.net`. */
    vaultUrl: httpsAddress(),
    /** Name of the secret; `gatehouse--{project}--{key}` when absent. */
    name: template(NAMES, { optional: true }, DEFAULT_NAME),
  },
  faultOf,
  async open({ vaultUrl, name = DEFAULT_NAME }, environment) {
    const { SecretClient } = await optionalModule(SECRETS, () => import("@azure/keyvault-secrets"));
    const { DefaultAzureCredential } = await optionalModule(IDENTITY, () => import("@azure/identity"));
    const vault = new URL(vaultUrl);
    const client = new SecretClient(vault.href, new DefaultAzureCredential(), {
      retryOptions: { maxRetries: MAX_RETRIES, retryDelayInMs: FIRST_RETRY_DELAY_MS },
      redirectOptions: { maxRetries: 0 },
      // A vault on this machine has no name below the domain that it wants a token for.
      disableChallengeResourceVerification: isLoopback(vault),
    });
    const options = { requestOptions: { timeout: attemptTimeoutMs(environment) } };
    return newestVersionSink({
      nameOf: (place) => filled(name, NAMES, place),
      placeOf: (secret) => new URL(`secrets/${secret}`, vault).href,
      add: async (secret, value) => (await client.setSecret(secret, value, options)).properties.version,
      read: async (secret, version) => (await client.getSecret(secret, { version, ...options })).value,
    });
  },
});

/** Errors of looking for a token, before anything is sent to the vault. */
const WITHOUT_TOKEN = /^(AggregateAuthentication|Authentication|AuthenticationRequired|CredentialUnavailable)Error$/;

function faultOf(error: unknown): Fault | undefined {
  if (!(error instanceof Error)) return undefined;
  const { name, message: said, statusCode: status } = error as Error & { readonly statusCode?: number };
  if (WITHOUT_TOKEN.test(name)) return { neverSent: true, said, advice: ACCESS };
  return { status, said, ...(status === 401 || status === 403 ? { advice: ACCESS } : {}) };
}
