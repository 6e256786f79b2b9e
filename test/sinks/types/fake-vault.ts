import { type ApiAnswer, type ApiRequest, type ApiServer, startApi } from "../api-server.js";

export const ROOT_TOKEN = "hvs.CAESIJ-root-of-the-tests";
const ISSUED_TOKEN = "hvs.issued-at-a-login";

interface Version {
  readonly data: Readonly<Record<string, unknown>> | undefined;
}

export interface FakeVault extends ApiServer {
  /** The data of the last version at a path of the engine, undefined when it is deleted or was never there. */
  current(path: string): Readonly<Record<string, unknown>> | undefined;
  put(path: string, data: Readonly<Record<string, unknown>>): void;
  /** Deletes the last version, as a person would. */
  removeLast(path: string): void;
  /** Logins that are good: path of the method to the body that is accepted. */
  readonly logins: Map<string, Readonly<Record<string, unknown>>>;
}

export interface VaultOptions {
  /** Namespace that requests have to name. */
  readonly namespace?: string;
  /** Whether every token may read; it may when absent. */
  readonly mayRead?: boolean;
  /** Whether the engine asks every write for the version that it saw. */
  readonly casRequired?: boolean;
}

/** What a key-value engine of version 2 at `secret/` answers, as the dev server of Vault 1.21 does. */
export async function startVault({ namespace, mayRead = true, casRequired = false }: VaultOptions = {}): Promise<FakeVault> {
  const secrets = new Map<string, Version[]>();
  const logins: FakeVault["logins"] = new Map();
  const versionsOf = (path: string): Version[] => secrets.get(path) ?? [];

  const write = (path: string, data: Version["data"]): ApiAnswer => {
    secrets.set(path, [...versionsOf(path), { data }]);
    return { status: 200, body: { data: { version: versionsOf(path).length, destroyed: false, deletion_time: "" } } };
  };
  const missing = (path: string): ApiAnswer => {
    const version = versionsOf(path).length;
    return version === 0
      ? { status: 404, body: { errors: [] } }
      : { status: 404, body: { data: { data: null, metadata: { version, deletion_time: "2027-01-01T00:00:00Z" } } } };
  };

  const casProblem = (options: { cas?: number } = {}, path: string): ApiAnswer | undefined => {
    if (options.cas === undefined) return casRequired ? refusal(400, "check-and-set parameter required for this call") : undefined;
    const isCurrent = options.cas === versionsOf(path).length;
    return isCurrent ? undefined : refusal(400, "check-and-set parameter did not match the current version");
  };

  const handle = ({ method, path, headers, text }: ApiRequest): ApiAnswer => {
    const url = new URL(path, "http://vault");
    const body = text === "" ? {} : JSON.parse(text);
    if (headers["x-vault-namespace"] !== namespace) return { status: 404, body: { errors: ["no handler for route"] } };
    const login = logins.get(url.pathname);
    if (login !== undefined) {
      const good = JSON.stringify(login) === text;
      return good
        ? { status: 200, body: { auth: { client_token: ISSUED_TOKEN } } }
        : { status: 400, body: { errors: [`invalid ${text}`] } };
    }
    if (![ROOT_TOKEN, ISSUED_TOKEN].includes(String(headers["x-vault-token"]))) return refusal(403, "permission denied");
    const name = decodeURIComponent(/^\/v1\/secret\/data\/(.+)$/.exec(url.pathname)?.[1] ?? "");
    if (name === "") return { status: 404, body: { errors: ["no handler for route"] } };
    const last = versionsOf(name).at(-1)?.data;
    if (method === "GET") {
      if (!mayRead) return refusal(403, "permission denied");
      const version = Number(url.searchParams.get("version") ?? versionsOf(name).length);
      const data = versionsOf(name)[version - 1]?.data;
      return data === undefined ? missing(name) : { status: 200, body: { data: { data, metadata: { version } } } };
    }
    if (method === "PATCH") {
      if (headers["content-type"] !== "application/merge-patch+json") return { status: 415, body: { errors: ["unsupported media type"] } };
      return last === undefined ? missing(name) : (casProblem(body.options, name) ?? write(name, { ...last, ...body.data }));
    }
    if (method !== "POST") return { status: 405, body: { errors: ["unsupported operation"] } };
    return casProblem(body.options, name) ?? write(name, body.data);
  };

  const server = await startApi(handle);
  return {
    ...server,
    logins,
    current: (path) => versionsOf(path).at(-1)?.data,
    put: (path, data) => void write(path, data),
    removeLast: (path) => void secrets.set(path, [...versionsOf(path).slice(0, -1), { data: undefined }]),
  };
}

function refusal(status: number, said: string): ApiAnswer {
  return { status, body: { errors: [said] } };
}
