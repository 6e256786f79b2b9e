import sodium from "libsodium-wrappers";
import { type ApiAnswer, type ApiRequest, type ApiServer, startApi } from "../api-server.js";

export const GITHUB_TOKEN = "ghp_token-of-the-tests";
const KEY_ID = "568250167242549743";

export interface FakeGithub extends ApiServer {
  /** The secret at the path of an API call, opened with the private key: `/repos/acme/checkout/actions/secrets/NAME`. */
  opened(path: string): string | undefined;
  /** What was sent beside it. */
  bodyAt(path: string): Readonly<Record<string, unknown>> | undefined;
}

/** Public keys and secrets of GitHub Actions, which is sealed to and which really opens what it gets. */
export async function startGithub(): Promise<FakeGithub> {
  await sodium.ready;
  const { publicKey, privateKey } = sodium.crypto_box_keypair();
  const { ORIGINAL } = sodium.base64_variants;
  const stored = new Map<string, Readonly<Record<string, unknown>>>();

  const handle = ({ method, path, headers, text }: ApiRequest): ApiAnswer => {
    if (headers.authorization !== `token ${GITHUB_TOKEN}`) return { status: 401, body: { message: "Bad credentials" } };
    const isOfSecrets =
      /^\/(repos\/[\w.-]+\/[\w.-]+\/(actions|environments\/[\w.-]+)|orgs\/[\w-]+\/actions)\/secrets\/(public-key|[A-Z0-9_]+)$/.test(path);
    if (!isOfSecrets) return { status: 404, body: { message: "Not Found" } };
    if (method === "GET" && path.endsWith("/public-key"))
      return { status: 200, body: { key_id: KEY_ID, key: sodium.to_base64(publicKey, ORIGINAL) } };
    const body = JSON.parse(text);
    if (method !== "PUT" || body.key_id !== KEY_ID) return { status: 422, body: { message: "key_id is not the current one" } };
    const status = stored.has(path) ? 204 : 201;
    stored.set(path, body);
    return status === 204 ? { status } : { status, body: {} };
  };

  const server = await startApi(handle);
  return {
    ...server,
    bodyAt: (path) => stored.get(path),
    opened: (path) => {
      const sealed = stored.get(path)?.encrypted_value;
      if (typeof sealed !== "string") return undefined;
      return sodium.to_string(sodium.crypto_box_seal_open(sodium.from_base64(sealed, ORIGINAL), publicKey, privateKey));
    },
  };
}
