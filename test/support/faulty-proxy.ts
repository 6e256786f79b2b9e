import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as after } from "node:timers/promises";

/** What goes wrong with one request. */
export type Fault =
  /** The proxy answers itself; the server never sees the request. */
  | { readonly kind: "status"; readonly status: number; readonly headers?: Record<string, string>; readonly body?: unknown }
  /** A page of HTML, as a gateway in between would answer. The server never sees the request. */
  | { readonly kind: "html"; readonly status?: number }
  /** The server's answer, cut in half, with its status. */
  | { readonly kind: "half-json" }
  /** The connection is destroyed before the server sees the request. */
  | { readonly kind: "close-before" }
  /** The server does its work, the answer is dropped and the connection destroyed. */
  | { readonly kind: "close-after" }
  /** The request is passed on after so many milliseconds. */
  | { readonly kind: "delay"; readonly ms: number }
  /** The server's answer, its JSON edited. */
  | { readonly kind: "edit"; readonly edit: (body: unknown) => unknown };

/** Which requests a fault waits for; any when absent. A text path matches when it is the beginning of the address. */
export interface Match {
  readonly method?: string;
  readonly path?: string | RegExp;
}

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  /** Status that the client got; 0 when its connection was destroyed. */
  status: number;
}

export interface FaultyProxy {
  readonly url: string;
  readonly requests: SeenRequest[];
  /** The next request that matches fails this way, and only that one. Several wait in order. */
  failNext(fault: Fault, match?: Match): void;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Starts a proxy in front of a server, on a free port of 127.0.0.1. */
export async function startProxy(targetUrl: string): Promise<FaultyProxy> {
  const requests: SeenRequest[] = [];
  const waiting: { fault: Fault; match: Match }[] = [];

  const server = createServer((incoming, outgoing) => {
    const seen: SeenRequest = { method: incoming.method ?? "", path: incoming.url ?? "", status: 0 };
    requests.push(seen);
    const index = waiting.findIndex(({ match }) => matches(match, seen));
    const fault = index < 0 ? undefined : waiting.splice(index, 1)[0]?.fault;
    serve(targetUrl, incoming, outgoing, seen, fault).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    failNext: (fault, match = {}) => void waiting.push({ fault, match }),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function matches({ method, path }: Match, seen: SeenRequest): boolean {
  if (method !== undefined && method !== seen.method) return false;
  if (path === undefined) return true;
  return typeof path === "string" ? seen.path.startsWith(path) : path.test(seen.path);
}

async function serve(
  target: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  seen: SeenRequest,
  fault: Fault | undefined,
): Promise<void> {
  const body = await bytesOf(incoming);
  const answer = (status: number, headers: IncomingHttpHeaders, content: Buffer): void => {
    seen.status = status;
    const { "content-length": _length, ...rest } = headers;
    outgoing.writeHead(status, status === 204 ? rest : { ...rest, "content-length": content.length });
    outgoing.end(content);
  };
  const passOn = (): Promise<Answer> => forward(target, incoming, body);
  const passThrough = (edit: (body: Buffer) => Buffer = (unchanged) => unchanged) =>
    passOn().then(({ status, headers, body: content }) => answer(status, headers, edit(content)));

  switch (fault?.kind) {
    case undefined:
      return passThrough();
    case "status":
      return answer(fault.status, { "content-type": "application/json", ...fault.headers }, Buffer.from(JSON.stringify(fault.body ?? {})));
    case "html":
      return answer(
        fault.status ?? 200,
        { "content-type": "text/html" },
        Buffer.from("<!doctype html><title>Sign in</title><p>Please sign in."),
      );
    case "half-json":
      return passThrough((content) => content.subarray(0, Math.floor(content.length / 2)));
    case "edit":
      return passThrough((content) => Buffer.from(JSON.stringify(fault.edit(JSON.parse(content.toString())))));
    case "delay":
      await after(fault.ms);
      return passThrough();
    case "close-before":
      incoming.socket.destroy();
      return;
    case "close-after":
      await passOn();
      incoming.socket.destroy();
  }
}

function forward(target: string, incoming: IncomingMessage, body: Buffer): Promise<Answer> {
  const { connection: _connection, host: _host, ...headers } = incoming.headers;
  return new Promise((resolve, reject) => {
    const onward = request(new URL(incoming.url ?? "/", target), { method: incoming.method, headers, agent: false }, (received) => {
      bytesOf(received).then((content) => {
        const { connection: _c, "transfer-encoding": _t, "keep-alive": _k, ...rest } = received.headers;
        resolve({ status: received.statusCode ?? 502, headers: rest, body: content });
      }, reject);
    });
    onward.on("error", reject);
    onward.end(body);
  });
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
