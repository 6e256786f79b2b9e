import { afterEach, beforeEach, expect, test } from "vitest";
import { type FaultyProxy, startProxy } from "../support/faulty-proxy.js";
import { startTestServer, type TestServer } from "../support/start-server.js";

let server: TestServer;
let proxy: FaultyProxy;
beforeEach(async () => {
  server = await startTestServer();
  proxy = await startProxy(server.url);
});
afterEach(async () => {
  await proxy.close();
  await server.close();
});

const create = (name: string) =>
  fetch(`${proxy.url}/v1/projects`, {
    method: "POST",
    headers: { authorization: `Bearer ${server.token}`, "content-type": "application/json" },
    body: JSON.stringify({ name }),
  });
const names = async () => (await server.api("GET", "/v1/projects")).body.items.map((p: { name: string }) => p.name);

test("without a fault a request and its answer pass through", async () => {
  const answer = await create("P");
  expect([answer.status, ((await answer.json()) as { name: string }).name]).toEqual([201, "P"]);
  expect(proxy.requests).toEqual([{ method: "POST", path: "/v1/projects", status: 201 }]);
});

test("a status is answered once, and the server sees nothing", async () => {
  proxy.failNext(
    { kind: "status", status: 429, headers: { "retry-after": "7" }, body: { code: "rate_limited" } },
    { method: "POST", path: "/v1/projects" },
  );
  expect((await fetch(`${proxy.url}/healthz`)).status).toBe(200);
  const failed = await create("P");
  expect([failed.status, failed.headers.get("retry-after"), await failed.json()]).toEqual([429, "7", { code: "rate_limited" }]);
  expect(await names()).toEqual(["Default"]);
  expect((await create("P")).status).toBe(201);
});

test("a page of HTML and half an answer are no JSON", async () => {
  proxy.failNext({ kind: "html" });
  await expect((await create("P")).json()).rejects.toThrow(SyntaxError);
  expect(await names()).toEqual(["Default"]);
  proxy.failNext({ kind: "half-json" });
  await expect((await create("P")).json()).rejects.toThrow(SyntaxError);
  expect(await names()).toEqual(["Default", "P"]);
});

test("a connection is lost before or after the server did its work", async () => {
  proxy.failNext({ kind: "close-before" });
  await expect(create("Before")).rejects.toThrow();
  expect(await names()).toEqual(["Default"]);
  proxy.failNext({ kind: "close-after" });
  await expect(create("After")).rejects.toThrow();
  expect(await names()).toEqual(["Default", "After"]);
  expect(proxy.requests.map((r) => r.status)).toEqual([0, 0]);
});

test("an answer is edited, or comes late", async () => {
  proxy.failNext({ kind: "edit", edit: (body) => ({ ...(body as object), slug: undefined }) });
  expect(await (await create("P")).json()).not.toHaveProperty("slug");
  proxy.failNext({ kind: "delay", ms: 30 });
  const began = performance.now();
  expect((await create("Q")).status).toBe(201);
  expect(performance.now() - began).toBeGreaterThanOrEqual(29);
});
