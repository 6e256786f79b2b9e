import { text } from "../../../schema/field.js";
import { putVersion, useVersion } from "../clients/aws-versions.js";
import { defineSinkType } from "../define-sink-type.js";
import type { Fault } from "../fault.js";
import { formerVersion } from "../former-version.js";
import { optionalModule } from "../optional-module.js";
import { portableNames } from "../portable-names.js";
import { address, matching } from "../setting-fields.js";
import { filled, template } from "../template.js";
import { attemptTimeoutMs } from "../timeout.js";

const MODULE = "@aws-sdk/client-secrets-manager";

/** Letters, digits and some signs. No name is written with a slash. */
const NAMES = portableNames({ around: "A-Za-z0-9/_+=.@-", between: "/", word: /^[\w+=.@-]+$/, maxLength: 512 });
const DEFAULT_NAME = "gatehouse/{project}/{key}";

const CONNECT_TIMEOUT_MS = 5_000;
const MAX_ATTEMPTS = 3;

const ACCESS =
  "The identity that Gatehouse runs as needs secretsmanager:PutSecretValue, CreateSecret, DescribeSecret and UpdateSecretVersionStage " +
  "for the secret, and credentials where the SDK of AWS looks for them (default credential provider chain).";

/** A secret of AWS Secrets Manager. The version with the label AWSCURRENT is the one in use. */
export const awsSecretsManager = defineSinkType("aws-secrets-manager", {
  title: "AWS Secrets Manager",
  modules: [MODULE],
  settings: {
    /** Region that holds the secrets: `eu-central-1`. */
    region: matching("^[a-z]+(-[a-z]+)+-[0-9]+$", "a region like eu-central-1"),
    /** Name of the secret; `gatehouse/{project}/{key}` when absent. */
    name: template(NAMES, { optional: true }, DEFAULT_NAME),
    /** Key of AWS KMS that encrypts the secrets that are made; the account's own one for Secrets Manager when absent. */
    kmsKeyId: text({ maxLength: 2048, optional: true }),
    /** Where the service answers when not at the region's own address. */
    endpoint: address({ optional: true }),
  },
  faultOf,
  async open({ region, name: nameTemplate = DEFAULT_NAME, kmsKeyId, endpoint }, environment) {
    const { SecretsManager } = await optionalModule(MODULE, () => import("@aws-sdk/client-secrets-manager"));
    const client = new SecretsManager({
      region,
      ...(endpoint === undefined ? {} : { endpoint }),
      // Where secrets go is said in the operator's file alone.
      ignoreConfiguredEndpointUrls: true,
      maxAttempts: MAX_ATTEMPTS,
      requestHandler: {
        connectionTimeout: CONNECT_TIMEOUT_MS,
        requestTimeout: attemptTimeoutMs(environment),
        throwOnRequestTimeout: true,
      },
    });
    return {
      async deliver(place, secret) {
        const name = filled(nameTemplate, NAMES, place);
        return { place: name, version: await putVersion(client, { name, secret, kmsKeyId }) };
      },
      async restore(place, former) {
        const name = filled(nameTemplate, NAMES, place);
        const version = formerVersion(former, name);
        await useVersion(client, name, version);
        return { place: name, version };
      },
    };
  },
});

/** Errors of looking for credentials, before anything is sent. */
const WITHOUT_CREDENTIALS = /^(CredentialsProvider|TokenProvider)Error$/;
/** AWS answers these with status 400. */
const NO_ACCESS = /^(AccessDenied|UnrecognizedClient|InvalidSignature|IncompleteSignature|ExpiredToken|InvalidClientTokenId)/;

function faultOf(error: unknown): Fault | undefined {
  if (!(error instanceof Error)) return undefined;
  const { name, message: said, $metadata } = error as Error & { readonly $metadata?: { httpStatusCode?: number; requestId?: string } };
  if (WITHOUT_CREDENTIALS.test(name)) return { neverSent: true, said, advice: ACCESS };
  const { httpStatusCode: status, requestId } = $metadata ?? {};
  return { status, said, requestId, ...(NO_ACCESS.test(name) || status === 403 ? { advice: ACCESS } : {}) };
}
