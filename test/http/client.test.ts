import { createServer } from "node:net";
import { expect, test } from "vitest";
import { answering, clientOf, json, TOKEN } from "./answering-server.js";

test("a fault of the server that passes is not noticed", async () => {
  await using server = await answering((_request, response, count) => json(response, count === 1 ? 500 : 200, { count }));
  expect(await clientOf(server.url).send("GET", "/v1/organization")).toMatchObject({ status: 200, body: { count: 2 } });
});

test("a fault that stays is told after five attempts, with the request id", async () => {
  await using server = await answering((_request, response) => json(response, 503, { detail: "down" }, { "x-request-id": "r-17" }));
  expect(await clientOf(server.url).send("GET", "/v1/organization")).toMatchObject({ status: 503, requestId: "r-17" });
  expect(server.seen).toHaveLength(5);
});

test("a server that asks to wait is given the time it asks for", async () => {
  const times: number[] = [];
  await using server = await answering((_request, response, count) => {
    times.push(performance.now());
    json(response, count === 1 ? 429 : 200, {}, count === 1 ? { "retry-after": "1" } : {});
  });
  expect((await clientOf(server.url).send("POST", "/v1/keys", { body: {} })).status).toBe(200);
  const [first = 0, second = 0] = times;
  expect(second - first).toBeGreaterThanOrEqual(990);
});

test("a server that asks for more than a minute is not waited for", async () => {
  await using server = await answering((_request, response) => json(response, 429, {}, { "retry-after": "3600" }));
  expect((await clientOf(server.url).send("GET", "/v1/keys")).status).toBe(429);
  expect(server.seen).toHaveLength(1);
});

test("a creation without an idempotency key is sent once, whatever happens to it", async () => {
  await using server = await answering((_request, response) => response.destroy());
  await expect(clientOf(server.url).send("POST", "/v1/keys", { body: {} })).rejects.toMatchObject({ code: "unreachable" });
  expect(server.seen).toHaveLength(1);
});

test("a creation with an idempotency key is sent again with the same key", async () => {
  await using server = await answering((_request, response, count) => (count === 1 ? response.destroy() : json(response, 201, {})));
  await clientOf(server.url).send("POST", "/v1/keys", { body: {}, idempotencyKey: "once" });
  expect(server.seen.map(({ headers }) => headers["idempotency-key"])).toEqual(["once", "once"]);
});

test("a page of HTML is told as such, and not repeated when it is an answer of success", async () => {
  await using server = await answering((_request, response) => response.end("<!doctype html><p>Sign in"));
  await expect(clientOf(server.url).send("POST", "/v1/keys", { body: {} })).rejects.toThrow(/answered 200 with HTML instead of JSON/);
  expect(server.seen).toHaveLength(1);
});

test("half a JSON of a read is asked for again, and told when it stays so", async () => {
  await using passing = await answering((_request, response, count) => response.end(count === 1 ? '{"items": [' : '{"items": []}'));
  expect((await clientOf(passing.url).send("GET", "/v1/keys")).body).toEqual({ items: [] });
  await using staying = await answering((_request, response) => response.end('{"items": ['));
  await expect(clientOf(staying.url).send("GET", "/v1/keys")).rejects.toThrow(/broken JSON instead of JSON/);
});

test("a redirect is not followed: the credential stays with its origin", async () => {
  await using elsewhere = await answering((_request, response) => json(response, 200, {}));
  await using server = await answering((_request, response) => response.writeHead(307, { location: `${elsewhere.url}/v1/keys` }).end());
  await expect(clientOf(server.url).send("GET", "/v1/keys")).rejects.toThrow(/redirect \(307\), which a credential never follows/);
  expect([server.seen.length, elsewhere.seen.length]).toEqual([1, 0]);
});

test("a server that does not answer in time is told, with where and what to do", async () => {
  await using server = await answering(() => {});
  const failing = clientOf(server.url, { GATEHOUSE_TIMEOUT_MS: "60" }).send("POST", "/v1/keys", { body: {} });
  await expect(failing).rejects.toThrow(`POST ${server.url}/v1/keys: no answer in time`);
});

test("an answer that stops half-way is told", async () => {
  await using server = await answering((_request, response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write('{"items":');
  });
  const failing = clientOf(server.url, { GATEHOUSE_TIMEOUT_MS: "60" }).send("POST", "/v1/keys", { body: {} });
  await expect(failing).rejects.toThrow("the answer stopped half-way");
});

test("a server that is down is told by its address", async () => {
  const port = await freePort();
  const failing = clientOf(`http://127.0.0.1:${port}`).send("GET", "/v1/keys");
  await expect(failing).rejects.toThrow(`127.0.0.1:${port}/v1/keys: nothing listens at this address`);
});

test("no message repeats the token, also when the server does", async () => {
  await using server = await answering((_request, response) => response.writeHead(302, { location: `/?token=${TOKEN}` }).end());
  const error = await clientOf(server.url)
    .send("GET", `/v1/keys/${TOKEN}`)
    .catch((failure: Error) => failure);
  expect(error).toBeInstanceOf(Error);
  expect(String(error)).not.toContain(TOKEN);
});

test("a refusal that repeats the token is told without it", async () => {
  await using server = await answering((request, response) =>
    json(response, 401, { detail: `not valid: ${request.headers.authorization}` }),
  );
  const { body } = await clientOf(server.url).send("GET", "/v1/keys");
  expect(JSON.stringify(body)).not.toContain(TOKEN);
  expect(body).toMatchObject({ detail: expect.stringContaining("not valid: ") });
});

test("a read-only run cannot write: the request does not leave", async () => {
  await using server = await answering((_request, response) => json(response, 200, {}));
  const client = clientOf(server.url, { GATEHOUSE_READ_ONLY: "1" });
  await expect(client.send("PATCH", "/v1/organization", { body: {} })).rejects.toMatchObject({ code: "read-only" });
  await client.send("GET", "/v1/organization");
  expect(server.seen.map(({ what }) => what)).toEqual(["GET /v1/organization"]);
});

test("at most eight requests are under way at once, and all are answered", async () => {
  const waiting: (() => void)[] = [];
  let most = 0;
  await using server = await answering((_request, response) => {
    waiting.push(() => json(response, 200, {}));
    most = Math.max(most, waiting.length);
    // As soon as eight wait, or none else can come, they are let go.
    if (waiting.length === 8) for (const go of waiting.splice(0)) go();
  });
  const client = clientOf(server.url);
  const answers = await Promise.all(Array.from({ length: 24 }, (_, n) => client.send("GET", `/v1/keys/${n}`)));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  expect(most).toBe(8);
});

test("an address with a path keeps it", async () => {
  await using server = await answering((_request, response) => json(response, 200, {}));
  await clientOf(`${server.url}/gateway/`).send("GET", "/v1/keys?limit=1");
  expect(server.seen.map(({ what }) => what)).toEqual(["GET /gateway/v1/keys?limit=1"]);
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
