import type { client as VaultClient } from "node-vault";
import { object, text } from "../../../schema/field.js";
import { Refused } from "../../errors.js";
import { connectVault, notVault } from "../clients/vault.js";
import { defineSinkType } from "../define-sink-type.js";
import { optionalModule } from "../optional-module.js";
import { PATH, WORD } from "../place-rules.js";
import { withReadSecret } from "../read-secret.js";
import { address, matching, secretSource } from "../setting-fields.js";
import type { Delivered } from "../sink.js";
import { filled, template } from "../template.js";

const MODULE = "node-vault";
/** Others may write the secret between our look and our change. */
const TRIES = 5;
const NEEDED = "Its policy needs create, update and patch on the data path, and read there to give a former secret back.";

/** Where an engine or a way to log in is mounted. */
const mountPath = matching("^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*$", "a path like secret or teams/ai", { optional: true });

/** A field of a secret in a key-value engine (version 2) of HashiCorp Vault. Other fields of the secret stay. */
export const vault = defineSinkType("vault", {
  title: "HashiCorp Vault",
  modules: [MODULE],
  settings: {
    /** Address of the server. */
    address: address(),
    /** Where the key-value engine is mounted; `secret` when absent. */
    mount: mountPath,
    /** Path of the secret in the engine, such as `ai/{project}/{key}`. */
    path: template(PATH),
    /** Field of the secret that holds the value; `token` when absent. */
    field: template(WORD, { optional: true }),
    /** Namespace, where the server has them (Vault Enterprise, HCP). */
    namespace: matching("^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*/?$", "a namespace like admin/ai", { optional: true }),
    /** Token to write with. One of `token`, `appRole` and `kubernetes` is given. */
    token: secretSource({ optional: true }),
    /** Logs in as a role of the AppRole method. */
    appRole: object(
      {
        /** Where the method is mounted; `approle` when absent. */
        mount: mountPath,
        /** Id of the role. */
        roleId: text(),
        /** Secret id of the role. */
        secretId: secretSource(),
      },
      { optional: true },
    ),
    /** Logs in with the token of the pod's service account. */
    kubernetes: object(
      {
        /** Where the method is mounted; `kubernetes` when absent. */
        mount: mountPath,
        /** Name of the role. */
        role: text(),
        /** File of the service account's token; where Kubernetes puts it when absent. */
        jwt: secretSource({ optional: true }),
      },
      { optional: true },
    ),
  },
  rules: ({ token, appRole, kubernetes }) =>
    [token, appRole, kubernetes].filter((way) => way !== undefined).length === 1
      ? []
      : [{ property: "token", reason: "give one of token, appRole and kubernetes: it is how Gatehouse logs in" }],
  faultOf: (error) => {
    const { response } = error as { response?: { statusCode: number; body?: { errors?: readonly string[] } } };
    if (response === undefined) return undefined;
    const { statusCode: status, body } = response;
    return { status, said: body?.errors?.join("; "), ...(status === 403 ? { advice: NEEDED } : {}) };
  },
  open: async (settings, environment) => {
    const { default: nodeVault } = await optionalModule(MODULE, () => import("node-vault"));
    const connect = () => connectVault(nodeVault, settings, environment);
    const { mount = "secret", field = "token" } = settings;
    const write = async (client: VaultClient, path: string, data: Readonly<Record<string, string>>): Promise<Delivered> => {
      const answer = await merged(client, `${mount}/data/${urlPath(path)}`, data);
      return { place: `${mount}/${path}`, version: String(versionIn(answer)) };
    };
    return {
      deliver: async (place, secret) => {
        const path = filled(settings.path, PATH, place);
        const name = filled(field, WORD, place);
        return write(await connect(), path, { [name]: secret });
      },
      restore: async (place, former) => {
        const path = filled(settings.path, PATH, place);
        const name = filled(field, WORD, place);
        const client = await connect();
        const kept = await client.read(`${mount}/data/${urlPath(path)}?version=${former.version}`).catch(goneIfNotFound);
        const value: unknown = kept?.data?.data?.[name];
        if (typeof value !== "string") throw notKept(`${mount}/${path}`, former);
        return withReadSecret(value, () => write(client, path, { [name]: value }));
      },
    };
  },
});

/**
 * Writes fields and leaves the others of the secret alone, also those that somebody writes at the same moment. A secret that is not
 * there, or whose last version was deleted, is made. Where it may be read, the version that was seen goes along, which engines can ask for.
 */
async function merged(client: VaultClient, path: string, data: Readonly<Record<string, string>>): Promise<unknown> {
  for (let triesLeft = TRIES; ; triesLeft--) {
    const seen = await look(client, path);
    try {
      if (seen === undefined) return await client.update(path, { data });
      const body = { options: { cas: seen.version }, data };
      return await (seen.isThere ? client.update(path, body) : client.write(path, body));
    } catch (error) {
      const isMissing = seen === undefined && statusOf(error) === 404;
      if (isMissing) return client.write(path, { options: { cas: versionIn(bodyOf(error), 0) }, data });
      if (seen === undefined || statusOf(error) !== 400 || triesLeft === 1) throw error;
    }
  }
}

/** The last version of a secret, 0 before the first; undefined where it may not be read. */
async function look(client: VaultClient, path: string): Promise<{ readonly version: number; readonly isThere: boolean } | undefined> {
  try {
    return { version: versionIn(await client.read(path)), isThere: true };
  } catch (error) {
    if (statusOf(error) === 403) return undefined;
    if (statusOf(error) !== 404) throw error;
    return { version: versionIn(bodyOf(error), 0), isThere: false };
  }
}

/** Version in an answer, also in that of a deleted one. */
function versionIn(answer: unknown, otherwise?: number): number {
  const { data } = (answer ?? {}) as { data?: { version?: unknown; metadata?: { version?: unknown } } };
  const version = data?.version ?? data?.metadata?.version ?? otherwise;
  if (typeof version === "number") return version;
  throw notVault();
}

function statusOf(error: unknown): number | undefined {
  return (error as { response?: { statusCode?: number } }).response?.statusCode;
}

function bodyOf(error: unknown): unknown {
  return (error as { response?: { body?: unknown } }).response?.body;
}

function goneIfNotFound(error: unknown): undefined {
  if (statusOf(error) !== 404) throw error;
}

function notKept(place: string, { version }: Delivered): Refused {
  return new Refused({
    what: `${place} has no version ${version} any more that could be given back`,
    advice: "Rotate the key again: the next secret is handed over as a new one.",
  });
}

function urlPath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
