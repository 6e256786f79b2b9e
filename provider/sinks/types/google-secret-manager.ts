import type { SecretManagerServiceClient } from "@google-cloud/secret-manager";
import { credentials } from "@grpc/grpc-js";
import { json } from "../../../schema/field.js";
import { Refused } from "../../errors.js";
import { defineSinkType } from "../define-sink-type.js";
import type { Fault } from "../fault.js";
import { newestVersionSink } from "../newest-version.js";
import { optionalModule } from "../optional-module.js";
import { portableNames } from "../portable-names.js";
import { address } from "../setting-fields.js";
import { filled, template } from "../template.js";
import { attemptTimeoutMs } from "../timeout.js";

const MODULE = "@google-cloud/secret-manager";

/** Letters, digits, hyphens and underscores. No name is written with an underscore. */
const NAMES = portableNames({ around: "A-Za-z0-9_-", between: "_", word: /^[A-Za-z0-9-]+$/, maxLength: 255 });
const DEFAULT_NAME = "gatehouse_{project}_{key}";

/** Codes of gRPC that say that nothing was done, and the HTTP status of each. Any other leaves open what was done. */
const REFUSALS: Readonly<Record<number, number>> = { 3: 400, 5: 404, 6: 409, 7: 403, 8: 429, 9: 400, 11: 400, 12: 404, 16: 401 };
const NOT_FOUND = 5;
const ALREADY_EXISTS = 6;
const UNAVAILABLE = 14;

const MAX_RETRIES = 3;

const ACCESS =
  "The identity that Gatehouse runs as needs secretmanager.versions.add and secretmanager.secrets.create in the project, to go back to a " +
  "former secret also secretmanager.versions.access, and credentials where the SDK of Google looks for them (Application Default Credentials).";

export const googleSecretManager = defineSinkType("google-secret-manager", {
  title: "Google Secret Manager",
  module: MODULE,
  settings: {
    /** Id of the Google Cloud project that holds the secrets. */
    project: json<string>({ type: "string", pattern: "^[a-z][a-z0-9.:-]*$", title: "the id of a project like acme-ai" }),
    /** Name of the secret; `gatehouse_{project}_{key}` when absent. */
    name: template(NAMES, { optional: true }, DEFAULT_NAME),
    /** Where the service answers when not at Google's own address; called without credentials when that is http on this machine. */
    endpoint: address({ optional: true }),
  },
  faultOf,
  async open({ project, name = DEFAULT_NAME, endpoint }, environment) {
    const sdk = await optionalModule(MODULE, () => import("@google-cloud/secret-manager"));
    const connection = connectionTo(endpoint);
    const client = new sdk.SecretManagerServiceClient(connection);
    const call = { timeout: attemptTimeoutMs(environment), retry: { retryCodes: [UNAVAILABLE] }, maxRetries: MAX_RETRIES };
    const placeOf = (secret: string) => `projects/${project}/secrets/${secret}`;
    const ready = async () => ("sslCreds" in connection ? undefined : findCredentials(client));
    return newestVersionSink({
      nameOf: (place) => filled(name, NAMES, place),
      placeOf,
      async add(secret, value) {
        await ready();
        const request = { parent: placeOf(secret), payload: { data: Buffer.from(value, "utf8") } };
        const add = async () => (await client.addSecretVersion(request, call))[0].name?.split("/").at(-1);
        return add().catch(async (error) => {
          if (codeOf(error) !== NOT_FOUND) throw error;
          await create(client, project, secret, call);
          return add();
        });
      },
      async read(secret, version) {
        await ready();
        const [{ payload }] = await client.accessSecretVersion({ name: `${placeOf(secret)}/versions/${version}` }, call);
        return Buffer.from(payload?.data ?? "").toString("utf8");
      },
    });
  },
});

/** Google's own address and credentials, or those of an endpoint. */
function connectionTo(endpoint: string | undefined) {
  if (endpoint === undefined) return {};
  const { protocol, hostname, port } = new URL(endpoint);
  if (protocol === "https:") return { apiEndpoint: hostname, port: Number(port) || 443 };
  return {
    apiEndpoint: hostname,
    port: Number(port) || 80,
    sslCreds: credentials.createInsecure(),
    // Said here, or credentials are looked for to learn it.
    clientOptions: { universeDomain: "googleapis.com" },
  };
}

/** A client that finds none while it sets itself up leaves rejections behind that end the process, so that they are looked for before. */
async function findCredentials(client: SecretManagerServiceClient): Promise<void> {
  try {
    await client.auth.getClient();
  } catch (error) {
    throw new Refused({ what: `nothing was sent: ${(error as Error).message}`, advice: ACCESS });
  }
}

async function create(client: SecretManagerServiceClient, project: string, secretId: string, call: object): Promise<void> {
  try {
    await client.createSecret({ parent: `projects/${project}`, secretId, secret: { replication: { automatic: {} } } }, call);
  } catch (error) {
    // Somebody else was faster.
    if (codeOf(error) !== ALREADY_EXISTS) throw error;
  }
}

function codeOf(error: unknown): number | undefined {
  const { code } = error as { readonly code?: unknown };
  return typeof code === "number" ? code : undefined;
}

function faultOf(error: unknown): Fault | undefined {
  if (!(error instanceof Error)) return undefined;
  const said = (error as { readonly details?: string }).details || error.message;
  const status = REFUSALS[codeOf(error) ?? -1];
  return { status, said, ...(status === 401 || status === 403 ? { advice: ACCESS } : {}) };
}
