import { createServer, type IncomingHttpHeaders, type IncomingMessage, type RequestListener } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";

export interface ApiRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** As it was sent. */
  readonly text: string;
}

export interface ApiAnswer {
  readonly status: number;
  /** Sent as JSON; nothing when absent. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ApiServer {
  readonly url: string;
  readonly requests: readonly ApiRequest[];
  /** What every request gets from now on; undefined answers as the API does. */
  answerAll(answer: ApiAnswer | undefined): void;
  /** What the next request gets instead. Several wait in order. */
  answerNext(answer: ApiAnswer): void;
  close(): Promise<void>;
}

/** What a server shows that speaks https. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

interface Ways {
  /** Speaks https. */
  readonly certificate?: Certificate;
  /** Takes requests and never answers. */
  readonly isSilent?: boolean;
}

/** A server on a free port of this machine that speaks an API as `handle` says it. */
export async function startApi(
  handle: (request: ApiRequest) => ApiAnswer,
  { certificate, isSilent = false }: Ways = {},
): Promise<ApiServer> {
  const requests: ApiRequest[] = [];
  const waiting: ApiAnswer[] = [];
  let always: ApiAnswer | undefined;
  const answer: RequestListener = async (incoming, outgoing) => {
    const request = await requestOf(incoming);
    requests.push(request);
    if (isSilent) return;
    const { status, body, headers = {} } = waiting.shift() ?? always ?? handle(request);
    outgoing.writeHead(status, { "content-type": "application/json", ...headers });
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  };
  const server = certificate === undefined ? createServer(answer) : createHttpsServer(certificate, answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `${certificate === undefined ? "http" : "https"}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answerAll: (instead) => {
      always = instead;
    },
    answerNext: (instead) => void waiting.push(instead),
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function requestOf(incoming: IncomingMessage): Promise<ApiRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const { method = "", url: path = "", headers } = incoming;
  return { method, path, headers, text: Buffer.concat(chunks).toString() };
}
