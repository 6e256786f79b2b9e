import { createServer, type IncomingHttpHeaders, request } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

export interface RecordedRequest {
  readonly method: string;
  /** Path and query as they were sent. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Text of the body; "" for none. */
  readonly body: string;
}

export interface RecordingProxy {
  readonly url: string;
  /** All requests since the last call, in the order in which they came. */
  taken(): readonly RecordedRequest[];
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts a proxy that passes everything on as it is and remembers the requests, on a free port of 127.0.0.1. */
export async function startRecording(targetUrl: string): Promise<RecordingProxy> {
  const requests: RecordedRequest[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const { method = "", url = "/", headers } = incoming;
    const body = await buffer(incoming);
    requests.push({ method, path: url, headers, body: body.toString() });
    const { host: _host, connection: _connection, ...onward } = headers;
    const passed = request(new URL(url, targetUrl), { method, headers: onward, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on("error", () => outgoing.destroy());
    passed.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken: () => requests.splice(0),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
