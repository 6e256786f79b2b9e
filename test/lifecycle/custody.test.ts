import { expect, test } from "vitest";
import { diff } from "../../provider/lifecycle/diff.js";
import { create, read, remove, update } from "../../provider/lifecycle/lifecycle.js";
import { KINDS } from "../../schema/kinds/index.js";
import { startProxy } from "../support/faulty-proxy.js";
import { startTestServer } from "../support/start-server.js";
import { sessionTo } from "./session-to.js";

const { ApiKey } = KINDS;

test("a revoked key stays in the record as revoked, keeps its secret there, and is no change of the declaration", async () => {
  await using server = await startTestServer();
  const { id, outputs } = await create(sessionTo(server), ApiKey, { name: "billing", monthlyUsd: 5 });
  await server.api("DELETE", `/v1/keys/${id}`);
  const seen = await read(sessionTo(server), ApiKey, id, outputs);
  expect(seen?.outputs).toMatchObject({ status: "revoked", token: outputs.token });
  expect(seen?.inputs).toEqual({ name: "billing", monthlyUsd: 5 });
});

test("a key that the server no longer knows stays in the record as missing", async () => {
  await using server = await startTestServer();
  await using proxy = await startProxy(server.url);
  const { id, outputs } = await create(sessionTo(server), ApiKey, { name: "billing", monthlyUsd: 5 });
  proxy.failNext({ kind: "edit", edit: () => ({ items: [], nextCursor: null }) }, { path: "/v1/keys?" });
  proxy.failNext({ kind: "status", status: 404, body: { code: "not_found" } }, { path: `/v1/keys/${id}` });
  const seen = await read(sessionTo(server, proxy.url), ApiKey, id, outputs);
  expect(seen?.outputs).toMatchObject({ status: "missing", token: outputs.token, keyId: outputs.keyId });
  expect(seen?.inputs).toEqual({ name: "billing", monthlyUsd: 5 });
});

test.each(["revoked", "missing"])("raising rotate replaces a %s key; nothing else does", (status) => {
  const olds = { name: "billing", status, rotate: 1 };
  expect(diff(ApiKey, olds, { name: "billing", rotate: 2 })).toEqual({ replaces: ["rotate"], deleteBeforeReplace: true });
  expect(diff(ApiKey, olds, { name: "billing", rotate: 1, monthlyUsd: 9 }).replaces).toEqual([]);
  expect(diff(ApiKey, olds, { name: "billing" }).replaces).toEqual([]);
  expect(diff(ApiKey, { name: "billing", status }, { name: "billing", rotate: 1 }).replaces).toEqual(["rotate"]);
});

test("raising rotate on a key in use renews it in place: the new token works, the old one does not", async () => {
  await using server = await startTestServer();
  const session = sessionTo(server);
  const { id, outputs } = await create(session, ApiKey, { name: "billing" });
  expect(diff(ApiKey, outputs, { name: "billing", rotate: 1 }).replaces).toEqual([]);
  const renewed = await update(session, ApiKey, id, outputs, { name: "billing", rotate: 1 });
  const call = async (token: unknown) => (await server.api("POST", "/v1/chat/completions", { model: "any" }, String(token))).status;
  expect(renewed.id).toBe(id);
  expect([await call(outputs.token), await call(renewed.outputs.token)]).toEqual([401, 200]);
});

test("a key that was adopted says that its secret is elsewhere, until it is rotated", async () => {
  await using server = await startTestServer();
  const session = sessionTo(server);
  await server.api("POST", "/v1/keys", { name: "billing" });
  const { id, outputs } = await create(session, ApiKey, { name: "billing", adopt: "ifExists" });
  expect(outputs).toMatchObject({ adopted: true, external: true });
  expect(outputs.token).toBeUndefined();
  const renewed = await update(session, ApiKey, id, outputs, { name: "billing", adopt: "ifExists", rotate: 1 });
  expect(renewed.outputs).toMatchObject({ adopted: true, external: false, token: expect.stringMatching(/^gh_sk_/) });
});

test("a changed declaration does not bring a revoked key back: the error says what does", async () => {
  await using server = await startTestServer();
  const session = sessionTo(server);
  const { id, outputs } = await create(session, ApiKey, { name: "billing" });
  await server.api("DELETE", `/v1/keys/${id}`);
  const failing = update(session, ApiKey, id, outputs, { name: "billing", monthlyUsd: 9 });
  await expect(failing).rejects.toMatchObject({ code: "refused", message: expect.stringMatching(/is revoked.*\n.*raise `rotate`/i) });
  expect((await server.api("GET", "/v1/keys")).body.items).toHaveLength(1);
  await remove(session, ApiKey, id, outputs);
});

test("a revoked key does not stand in the way of a new one of the same name, and is not adopted", async () => {
  await using server = await startTestServer();
  const session = sessionTo(server);
  const { id, outputs } = await create(session, ApiKey, { name: "billing" });
  await remove(session, ApiKey, id, outputs);
  const again = await create(session, ApiKey, { name: "billing", adopt: "ifExists" });
  expect(again.id).not.toBe(id);
  expect(again.outputs).toMatchObject({ adopted: false, status: "active" });
});
