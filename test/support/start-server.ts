import { type ServerOptions, startServer } from "../../provider/server/index.js";

export interface ApiAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape and fail when one is not there
  readonly body: any;
  readonly headers: Readonly<Record<string, string>>;
}

export interface TestServer {
  readonly url: string;
  readonly port: number;
  /** Management token of the first owner; "" on a data file that was started before. */
  readonly token: string;
  /** One HTTP request with the owner's token, another one, or none (null). A body is sent as JSON, a text as it stands. */
  api(method: string, path: string, body?: unknown, token?: string | null, headers?: Record<string, string>): Promise<ApiAnswer>;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts an embedded control plane on a free port. Close it, or declare it with `await using`. */
export async function startTestServer(options: ServerOptions = {}): Promise<TestServer> {
  const server = await startServer({ port: 0, ...options });
  const token = server.bootstrapToken ?? "";
  return {
    url: server.url,
    port: server.port,
    token,
    api: (method, path, body, as = token, headers = {}) => request(server.url + path, method, body, as, headers),
    close: () => server.close(),
    [Symbol.asyncDispose]: () => server.close(),
  };
}

async function request(
  url: string,
  method: string,
  body: unknown,
  token: string | null,
  headers: Record<string, string>,
): Promise<ApiAnswer> {
  const answer = await fetch(url, {
    method,
    redirect: "manual",
    headers: {
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === "" ? undefined : JSON.parse(text), headers: Object.fromEntries(answer.headers) };
}
