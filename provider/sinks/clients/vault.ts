import type { client as VaultClient } from "node-vault";
import { Unreachable } from "../../errors.js";
import type { Environment } from "../../http/settings.js";
import { secretValue } from "../secret-value.js";
import type { SecretSource } from "../setting-fields.js";
import { type SinkFetch, sinkFetch } from "../sink-fetch.js";

const SERVICE_ACCOUNT_TOKEN = "/var/run/secrets/kubernetes.io/serviceaccount/token";

/** Which server, and how to log in: exactly one of the three ways is given. */
interface VaultServer {
  readonly address: string;
  readonly namespace?: string;
  readonly token?: SecretSource;
  readonly appRole?: { readonly mount?: string; readonly roleId: string; readonly secretId: SecretSource };
  readonly kubernetes?: { readonly mount?: string; readonly role: string; readonly jwt?: SecretSource };
}

/** A client that is logged in. */
export async function connectVault(
  nodeVault: typeof import("node-vault"),
  server: VaultServer,
  environment: Environment,
): Promise<VaultClient> {
  const send = transport(sinkFetch(server.address, environment));
  // What it would log holds the secret.
  const client = nodeVault({ endpoint: server.address, "request-promise": { defaults: () => send }, debug: () => undefined });
  // What is not given it takes from the environment, which says where other programs go.
  Object.assign(client, { pathPrefix: "", namespace: server.namespace, token: undefined });
  client.token = await tokenOf(client, server, environment);
  return client;
}

async function tokenOf(client: VaultClient, { token, appRole, kubernetes }: VaultServer, environment: Environment): Promise<string> {
  const logIn = async (mount: string, body: Readonly<Record<string, string>>): Promise<string> => {
    const answer = await client.write(`auth/${mount}/login`, body);
    const issued: unknown = answer?.auth?.client_token;
    if (typeof issued === "string") return issued;
    throw notVault();
  };
  if (token !== undefined) return secretValue(token, environment);
  if (appRole !== undefined) {
    const { mount = "approle", roleId, secretId } = appRole;
    return logIn(mount, { role_id: roleId, secret_id: secretValue(secretId, environment) });
  }
  const { mount = "kubernetes", role = "", jwt = { file: SERVICE_ACCOUNT_TOKEN } } = kubernetes ?? {};
  return logIn(mount, { role, jwt: secretValue(jwt, environment) });
}

/** Something answered that is no Vault. */
export function notVault(): Unreachable {
  return new Unreachable({
    what: "answered, and not as Vault does",
    advice: "Check its address, and that the engine is key-value, version 2.",
  });
}

/** What node-vault sends with: its own way follows redirects with the token. */
function transport(fetch: SinkFetch) {
  return async (request: { method: string; uri: string; headers: Readonly<Record<string, string>>; json?: unknown }) => {
    const { method, uri, headers, json: body } = request;
    const response = await fetch(uri, {
      method,
      headers: { "content-type": "application/json", "x-vault-request": "true", ...lowerCased(headers) },
      ...(typeof body === "object" ? { body: JSON.stringify(body) } : {}),
    });
    return { statusCode: response.status, body: parsed(await response.text()), request: { path: new URL(uri).pathname } };
  };
}

function lowerCased(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
