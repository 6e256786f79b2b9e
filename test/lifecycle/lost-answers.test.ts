import { expect, test } from "vitest";
import { create, read, remove, update } from "../../provider/lifecycle/lifecycle.js";
import { KINDS } from "../../schema/kinds/index.js";
import { startProxy } from "../support/faulty-proxy.js";
import { startTestServer } from "../support/start-server.js";
import { sessionTo } from "./session-to.js";

const { ApiKey, Project, RoutingTier } = KINDS;

test("a project whose creation was answered into a dead connection is not made twice", async () => {
  await using server = await startTestServer();
  await using proxy = await startProxy(server.url);
  proxy.failNext({ kind: "close-after" }, { method: "POST", path: "/v1/projects" });
  const { id } = await create(sessionTo(server, proxy.url), Project, { name: "Checkout", slug: "checkout" });
  const { body } = await server.api("GET", "/v1/projects");
  expect(body.items.map((project: { id: string }) => project.id)).toEqual(["00000000-0000-0000-0000-000000000000", id]);
  expect(proxy.requests.filter(({ method }) => method === "POST").map(({ status }) => status)).toEqual([0, 201]);
});

test.each(["close-after", "half-json"] as const)(
  "a key whose secret was lost on the way (%s) leaves no other key in use, and its token works",
  async (kind) => {
    await using server = await startTestServer();
    await using proxy = await startProxy(server.url);
    proxy.failNext({ kind }, { method: "POST", path: "/v1/keys" });
    const { outputs } = await create(sessionTo(server, proxy.url), ApiKey, { name: "billing", monthlyUsd: 5 });
    const { body } = await server.api("GET", "/v1/keys");
    const inUse = body.items.filter((key: { status: string }) => key.status === "active");
    expect(inUse).toMatchObject([{ id: outputs.keyId, name: "billing" }]);
    expect((await server.api("POST", "/v1/chat/completions", { model: "any" }, String(outputs.token))).status).toBe(200);
  },
);

test("a deletion whose answer was lost is done", async () => {
  await using server = await startTestServer();
  await using proxy = await startProxy(server.url);
  const session = sessionTo(server, proxy.url);
  const { id, outputs } = await create(session, Project, { name: "Checkout", slug: "checkout" });
  proxy.failNext({ kind: "close-after" }, { method: "DELETE" });
  await remove(session, Project, id, outputs);
  expect((await server.api("GET", `/v1/projects/${id}`)).status).toBe(404);
  await remove(session, Project, id, outputs);
});

test("a rotation whose answer was lost fails, and the next run rotates again: the recorded token works", async () => {
  await using server = await startTestServer();
  await using proxy = await startProxy(server.url);
  const session = sessionTo(server, proxy.url);
  const { id, outputs } = await create(session, ApiKey, { name: "billing" });
  proxy.failNext({ kind: "close-after" }, { path: /\/rotate$/ });
  await expect(update(session, ApiKey, id, outputs, { name: "billing", rotate: 1 })).rejects.toMatchObject({ code: "unreachable" });
  const rotated = await update(session, ApiKey, id, outputs, { name: "billing", rotate: 1 });
  const call = async (token: unknown) => (await server.api("POST", "/v1/chat/completions", { model: "any" }, String(token))).status;
  expect(await call(outputs.token)).toBe(401);
  expect(await call(rotated.outputs.token)).toBe(200);
});

test("only the server's own word makes an object gone: a route that is not there, a page of HTML and a fault do not", async () => {
  await using server = await startTestServer();
  await using proxy = await startProxy(server.url);
  const { id, outputs } = await create(sessionTo(server), Project, { name: "Checkout", slug: "checkout" });
  const noList = { kind: "edit", edit: () => ({ items: [], nextCursor: null }) } as const;
  const at = { method: "GET", path: /^\/v1\/projects\/./ };
  const faults = [
    { kind: "status", status: 404, body: { code: "no_such_route" } },
    { kind: "html", status: 404 },
    { kind: "status", status: 403, body: { code: "forbidden" } },
  ] as const;
  for (const fault of faults) {
    proxy.failNext(noList, { path: "/v1/projects?" });
    proxy.failNext(fault, at);
    await expect(read(sessionTo(server, proxy.url), Project, id, outputs)).rejects.toThrow(/gatehouse:(refused|unreachable|forbidden)/);
  }
  proxy.failNext(noList, { path: "/v1/projects?" });
  proxy.failNext({ kind: "status", status: 404, body: { code: "not_found" } }, at);
  expect(await read(sessionTo(server, proxy.url), Project, id, outputs)).toBeUndefined();
});

test("an object of an owner that is gone is gone", async () => {
  await using server = await startTestServer();
  const session = sessionTo(server);
  const project = await create(session, Project, { name: "Checkout", slug: "checkout" });
  await server.api("POST", "/v1/models", { project: project.id, identifier: "small", provider: "openai" });
  const inputs = { project: project.id, tier: "simple", model: "small" };
  const tier = await create(session, RoutingTier, inputs);
  await server.api("DELETE", `/v1/projects/${project.id}`);
  expect(await read(sessionTo(server), RoutingTier, tier.id, tier.outputs)).toBeUndefined();
});
