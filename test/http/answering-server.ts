import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Client } from "../../provider/http/client.js";

export type Handler = (request: IncomingMessage, response: ServerResponse, count: number) => void;

export interface AnsweringServer {
  readonly url: string;
  /** Requests as they came, `METHOD /path`. */
  readonly seen: { readonly what: string; readonly headers: IncomingMessage["headers"] }[];
  [Symbol.asyncDispose](): Promise<void>;
}

/** A server of 127.0.0.1 that answers as it is told; `count` begins at 1. */
export async function answering(handler: Handler): Promise<AnsweringServer> {
  const seen: AnsweringServer["seen"] = [];
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      seen.push({ what: `${request.method} ${request.url}`, headers: request.headers });
      handler(request, response, seen.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

export function json(response: ServerResponse, status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

export const TOKEN = "gh_mt_a-token-that-nobody-may-see";

/** A client whose requests carry a bearer token. */
export function clientOf(url: string, environment: Readonly<Record<string, string>> = {}): Client {
  return new Client({ name: "main", system: "gatehouse", url }, async () => ({ authorization: `Bearer ${TOKEN}` }), environment);
}
