import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** One call of an API: what it answers to a body. */
type Call = (body: unknown) => { readonly status: number; readonly body?: unknown };

/** A vendor's API as its pages have it. Every other call is answered with 404, in the way that `unknown` says it. */
export interface DocumentedApi {
  readonly url: string;
  /** Calls as they came, `METHOD /path`. */
  readonly seen: string[];
  [Symbol.asyncDispose](): Promise<void>;
}

/** Serves these calls, by `METHOD /path` without a query, to whoever sends the token. */
export async function documentedApi(calls: Readonly<Record<string, Call>>, token: string, unknown: unknown): Promise<DocumentedApi> {
  const seen: string[] = [];
  const http = createServer(async (request, response) => {
    const call = `${request.method} ${request.url?.split("?")[0]}`;
    seen.push(call);
    const body = await bodyOf(request);
    const isKnown = request.headers.authorization === `Bearer ${token}`;
    const answer = isKnown ? (calls[call]?.(body) ?? { status: 404, body: unknown }) : { status: 401, body: unknown };
    response.writeHead(answer.status, { "content-type": "application/json" });
    response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const close = () => new Promise<void>((resolve) => http.close(() => resolve()).closeAllConnections());
  return { url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, seen, [Symbol.asyncDispose]: close };
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString());
}
