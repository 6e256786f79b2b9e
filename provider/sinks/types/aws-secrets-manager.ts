import { createHmac } from "node:crypto";
import type { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { json, text } from "../../../schema/field.js";
import { defineSinkType } from "../define-sink-type.js";
import type { Fault } from "../fault.js";
import { formerVersion } from "../former-version.js";
import { optionalModule } from "../optional-module.js";
import { portableNames } from "../portable-names.js";
import { address } from "../setting-fields.js";
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

/** The label of the version that is handed out. */
const IN_USE = "AWSCURRENT";

export const awsSecretsManager = defineSinkType("aws-secrets-manager", {
  title: "AWS Secrets Manager",
  module: MODULE,
  settings: {
    /** Region that holds the secrets: `eu-central-1`. */
    region: json<string>({ type: "string", pattern: "^[a-z]+(-[a-z]+)+-[0-9]+$", title: "a region like eu-central-1" }),
    /** Name of the secret; `gatehouse/{project}/{key}` when absent. */
    name: template(NAMES, { optional: true }, DEFAULT_NAME),
    /** Key of AWS KMS that encrypts the secrets that are made; the account's own one for Secrets Manager when absent. */
    kmsKeyId: text({ maxLength: 2048, optional: true }),
    /** Where the service answers when not at the region's own address. */
    endpoint: address({ optional: true }),
  },
  faultOf,
  async open({ region, name = DEFAULT_NAME, kmsKeyId, endpoint }, environment) {
    const sdk = await optionalModule(MODULE, () => import("@aws-sdk/client-secrets-manager"));
    const client = new sdk.SecretsManager({
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
        const at = filled(name, NAMES, place);
        const version = versionOf(at, secret);
        const labels = await write(client, { name: at, version, secret, kmsKeyId });
        // A version that is there already stays as it is, and without the label when another has it.
        if (!labels.includes(IN_USE)) await use(client, at, version);
        return { place: at, version };
      },
      async restore(place, former) {
        const at = filled(name, NAMES, place);
        const version = formerVersion(former, at);
        await use(client, at, version);
        return { place: at, version };
      },
    };
  },
});

interface Version {
  readonly name: string;
  readonly version: string;
  readonly secret: string;
  readonly kmsKeyId: string | undefined;
}

/** Writes the version, and the secret when it is not there yet. Gives the labels of the version. */
async function write(client: SecretsManager, { name, version, secret, kmsKeyId }: Version): Promise<readonly string[]> {
  const put = async () =>
    (await client.putSecretValue({ SecretId: name, SecretString: secret, ClientRequestToken: version })).VersionStages ?? [];
  try {
    return await put();
  } catch (error) {
    if (!isNamed(error, "ResourceNotFoundException")) throw error;
  }
  try {
    const encryption = kmsKeyId === undefined ? {} : { KmsKeyId: kmsKeyId };
    await client.createSecret({ Name: name, SecretString: secret, ClientRequestToken: version, ...encryption });
    return [IN_USE];
  } catch (error) {
    // Somebody else was faster.
    if (!isNamed(error, "ResourceExistsException")) throw error;
    return await put();
  }
}

/** Moves the label to a version without reading any value. */
async function use(client: SecretsManager, name: string, version: string): Promise<void> {
  const { VersionIdsToStages: labels = {} } = await client.describeSecret({ SecretId: name });
  const current = Object.keys(labels).find((id) => labels[id]?.includes(IN_USE));
  if (current === version) return;
  const from = current === undefined ? {} : { RemoveFromVersionId: current };
  await client.updateSecretVersionStage({ SecretId: name, VersionStage: IN_USE, MoveToVersionId: version, ...from });
}

/**
 * Id of a version. The same for the same secret at the same place, so that a delivery that is made again makes no second version; tells
 * nothing of the secret, since it is logged by AWS.
 */
function versionOf(name: string, secret: string): string {
  return createHmac("sha256", secret).update(`gatehouse: version of ${name}`).digest("hex");
}

const isNamed = (error: unknown, name: string): boolean => error instanceof Error && error.name === name;

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
