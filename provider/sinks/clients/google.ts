import type { SecretManagerServiceClient } from "@google-cloud/secret-manager";
import { credentials } from "@grpc/grpc-js";
import { Refused } from "../../errors.js";
import type { Environment } from "../../http/settings.js";
import { attemptTimeoutMs } from "../timeout.js";

/** Codes of gRPC. */
const NOT_FOUND = 5;
const ALREADY_EXISTS = 6;
const UNAVAILABLE = 14;

const MAX_RETRIES = 3;

interface GoogleService {
  /** Id of the project that holds the secrets. */
  readonly project: string;
  /** Where it answers; Google's own address when absent. */
  readonly endpoint?: string;
  /** What to do when no credentials are found. */
  readonly access: string;
}

/** The versions of the secrets of a project. */
export function connectGoogle(
  { SecretManagerServiceClient }: typeof import("@google-cloud/secret-manager"),
  { project, endpoint, access }: GoogleService,
  environment: Environment,
) {
  const connection = connectionTo(endpoint);
  const client = new SecretManagerServiceClient(connection);
  const call = { timeout: attemptTimeoutMs(environment), retry: { retryCodes: [UNAVAILABLE] }, maxRetries: MAX_RETRIES };
  const ready = async () => ("sslCreds" in connection ? undefined : findCredentials(client, access));
  const nameOf = (secretId: string) => `projects/${project}/secrets/${secretId}`;

  const addTo = async (secretId: string, value: string) => {
    const [{ name }] = await client.addSecretVersion({ parent: nameOf(secretId), payload: { data: Buffer.from(value, "utf8") } }, call);
    return name?.split("/").at(-1);
  };
  const create = async (secretId: string) => {
    try {
      await client.createSecret({ parent: `projects/${project}`, secretId, secret: { replication: { automatic: {} } } }, call);
    } catch (error) {
      // Somebody else was faster.
      if (codeOf(error) !== ALREADY_EXISTS) throw error;
    }
  };
  return {
    nameOf,
    /** Adds a version, and the secret when it is missing. Gives the version's number. */
    async add(secretId: string, value: string): Promise<string | undefined> {
      await ready();
      try {
        return await addTo(secretId, value);
      } catch (error) {
        if (codeOf(error) !== NOT_FOUND) throw error;
      }
      await create(secretId);
      return addTo(secretId, value);
    },
    /** Value of a version. */
    async read(secretId: string, version: string): Promise<string> {
      await ready();
      const [{ payload }] = await client.accessSecretVersion({ name: `${nameOf(secretId)}/versions/${version}` }, call);
      return Buffer.from(payload?.data ?? "").toString("utf8");
    },
  };
}

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
async function findCredentials(client: SecretManagerServiceClient, access: string): Promise<void> {
  try {
    await client.auth.getClient();
  } catch (error) {
    throw new Refused({ what: `nothing was sent: ${(error as Error).message}`, advice: access });
  }
}

/** Code of gRPC that an error has. */
export function codeOf(error: unknown): number | undefined {
  const { code } = error as { readonly code?: unknown };
  return typeof code === "number" ? code : undefined;
}
