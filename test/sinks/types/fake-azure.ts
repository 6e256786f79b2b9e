import type { ApiAnswer, ApiRequest } from "../api-server.js";

export interface FakeAzure {
  /** Values of each secret, the oldest first. By names in small letters, since a vault does not tell the case. */
  readonly secrets: Map<string, string[]>;
  /** What every call gets that has a token. */
  refusal: ((request: ApiRequest) => ApiAnswer | undefined) | undefined;
  handle(request: ApiRequest): ApiAnswer;
  inUse(name: string): string | undefined;
}

/** Azure Key Vault, as far as a sink uses it: it asks for a token first, and then for one that is its own. */
export function fakeAzure(token: string): FakeAzure {
  const secrets: FakeAzure["secrets"] = new Map();
  const vault: FakeAzure = {
    secrets,
    refusal: undefined,
    handle(request) {
      if (request.headers.authorization !== `Bearer ${token}`) return CHALLENGE;
      return vault.refusal?.(request) ?? answerTo(request, secrets);
    },
    inUse: (name) => secrets.get(name)?.at(-1),
  };
  return vault;
}

const CHALLENGE: ApiAnswer = {
  status: 401,
  headers: { "www-authenticate": 'Bearer authorization="https://login.example/tenant", resource="https://vault.azure.net"' },
  body: { error: { code: "Unauthorized", message: "AKV10000: Request is missing a Bearer or PoP token." } },
};

/** `PUT /secrets/NAME` and `GET /secrets/NAME/VERSION`. */
function answerTo({ method, path, headers, text }: ApiRequest, secrets: FakeAzure["secrets"]): ApiAnswer {
  const [, , name = "", asked] = new URL(path, "https://vault.example").pathname.split("/");
  const values = secrets.get(name.toLowerCase()) ?? [];
  if (method === "PUT") secrets.set(name.toLowerCase(), [...values, (JSON.parse(text) as { value: string }).value]);
  const version = method === "PUT" ? versionOf(values.length) : asked;
  const value = secrets.get(name.toLowerCase())?.find((_, index) => versionOf(index) === version);
  if (value === undefined) {
    return {
      status: 404,
      body: { error: { code: "SecretNotFound", message: `A secret with (name/id) ${name} was not found in this key vault.` } },
    };
  }
  return { status: 200, body: { value, id: `https://${headers.host}/secrets/${name}/${version}`, attributes: { enabled: true } } };
}

const versionOf = (index: number): string => `${index + 1}`.padStart(32, "0");
