import { expect, test } from "vitest";
import { diff } from "../../provider/lifecycle/diff.js";
import { create, read, remove, update } from "../../provider/lifecycle/lifecycle.js";
import { Session } from "../../provider/lifecycle/session.js";
import type { Values } from "../../provider/lifecycle/values.js";
import { KINDS } from "../../schema/kinds/index.js";
import { startTestServer, type TestServer } from "../support/start-server.js";

const { ApiKey } = KINDS;
const HOUR_MS = 3_600_000;
const DECLARED = { name: "billing", overlap: "24h" };
const RAISED = { ...DECLARED, rotate: 1 };

/** A session as a run so many hours from now has it. */
function sessionIn(hours: number, server: TestServer): Session {
  return new Session({ name: "main", system: "gatehouse", url: server.url }, { GATEHOUSE_TOKEN: server.token }, () => inHours(hours));
}

function inHours(hours: number): Date {
  return new Date(Date.now() + hours * HOUR_MS);
}

async function statusOf(server: TestServer, token: unknown): Promise<number> {
  return (await server.api("POST", "/v1/chat/completions", { model: "any" }, String(token))).status;
}

/** Names of the keys that are in use at the server. */
async function namesAt(server: TestServer): Promise<readonly string[]> {
  const { body } = await server.api("GET", "/v1/keys");
  return body.items.flatMap(({ name, status }: { name: string; status: string }) => (status === "active" ? [name] : [])).toSorted();
}

async function rotated(server: TestServer): Promise<{ id: string; first: Values; second: Values }> {
  const session = sessionIn(0, server);
  const { id, outputs: first } = await create(session, ApiKey, DECLARED);
  const { outputs: second } = await update(session, ApiKey, id, first, RAISED);
  return { id, first, second };
}

test("a rotation with overlap makes a second key under the same name, and both answer", async () => {
  await using server = await startTestServer();
  const { id, first, second } = await rotated(server);
  expect(second.keyId).not.toBe(first.keyId);
  expect(second).toMatchObject({ name: "billing", rotate: 1, retiring: { keyId: id }, formerToken: first.token });
  expect(await namesAt(server)).toEqual(["billing", `billing (retiring ${id.slice(0, 8)})`]);
  expect([await statusOf(server, first.token), await statusOf(server, second.token)]).toEqual([200, 200]);
});

test("the retiring key ends when it was unused for the overlap, and not before", async () => {
  await using server = await startTestServer();
  const { id, first, second } = await rotated(server);
  await statusOf(server, first.token);
  const early = await read(sessionIn(23, server), ApiKey, id, second);
  expect(early?.outputs.retiring).toMatchObject({ keyId: id, lastUsedAt: expect.any(String) });
  expect(diff(ApiKey, early?.outputs ?? {}, RAISED, inHours(23)).changes).toBeUndefined();
  const late = inHours(25);
  expect(diff(ApiKey, early?.outputs ?? {}, RAISED, late)).toMatchObject({ changes: true, replaces: [] });
  const ended = await update(sessionIn(25, server), ApiKey, id, early?.outputs ?? {}, RAISED);
  expect(ended.outputs.retiring).toBeUndefined();
  expect(ended.outputs.formerToken).toBeUndefined();
  expect([await statusOf(server, first.token), await statusOf(server, second.token)]).toEqual([401, 200]);
  expect(diff(ApiKey, ended.outputs, RAISED, late).changes).toBeUndefined();
});

test("going back to the former number while both keys live brings the former key back under its name", async () => {
  await using server = await startTestServer();
  const { id, first, second } = await rotated(server);
  expect(diff(ApiKey, second, DECLARED, inHours(1)).replaces).toEqual([]);
  const { outputs } = await update(sessionIn(1, server), ApiKey, id, second, DECLARED);
  expect(outputs).toMatchObject({ keyId: id, token: first.token, issuedAt: first.issuedAt });
  expect(outputs).not.toHaveProperty("retiring");
  expect(outputs).not.toHaveProperty("rotate");
  expect(await namesAt(server)).toEqual(["billing"]);
  expect([await statusOf(server, first.token), await statusOf(server, second.token)]).toEqual([200, 401]);
});

test("there is no way back to a key that was revoked meanwhile, and nothing is changed then", async () => {
  await using server = await startTestServer();
  const { id, second } = await rotated(server);
  await server.api("DELETE", `/v1/keys/${id}`);
  await expect(update(sessionIn(1, server), ApiKey, id, second, DECLARED)).rejects.toMatchObject({ code: "refused" });
  expect(await statusOf(server, second.token)).toBe(200);
});

test("a rotation that was killed before it was recorded is begun again, and leaves one key besides the retiring one", async () => {
  await using server = await startTestServer();
  const session = sessionIn(0, server);
  const { id, outputs: first } = await create(session, ApiKey, DECLARED);
  const lost = await update(session, ApiKey, id, first, RAISED);
  const { outputs } = await update(sessionIn(0, server), ApiKey, id, first, RAISED);
  expect(await namesAt(server)).toEqual(["billing", `billing (retiring ${id.slice(0, 8)})`]);
  expect(await Promise.all([lost.outputs.token, first.token, outputs.token].map((token) => statusOf(server, token)))).toEqual([
    401, 200, 200,
  ]);
});

test("another key of that name that somebody uses is never taken for what a killed rotation left", async () => {
  await using server = await startTestServer();
  const session = sessionIn(0, server);
  const { id, outputs: first } = await create(session, ApiKey, DECLARED);
  const lost = await update(session, ApiKey, id, first, RAISED);
  await statusOf(server, lost.outputs.token);
  await expect(update(sessionIn(0, server), ApiKey, id, first, RAISED)).rejects.toMatchObject({ code: "already-exists" });
  expect(await statusOf(server, lost.outputs.token)).toBe(200);
});

test("a second rotation ends the key before the last at once", async () => {
  await using server = await startTestServer();
  const { id, first, second } = await rotated(server);
  const third = await update(sessionIn(1, server), ApiKey, id, second, { ...DECLARED, rotate: 2 });
  expect(third.outputs.retiring).toMatchObject({ keyId: second.keyId, rotate: 1 });
  const statuses = await Promise.all([first, second, third.outputs].map(({ token }) => statusOf(server, token)));
  expect(statuses).toEqual([401, 200, 200]);
});

test("rotateEvery rotates on the day on which the secret has that age, and overlap holds then too", async () => {
  await using server = await startTestServer();
  const declared = { ...DECLARED, rotateEvery: "90d" };
  const { id, outputs } = await create(sessionIn(0, server), ApiKey, declared);
  expect(diff(ApiKey, outputs, declared, inHours(89 * 24)).changes).toBeUndefined();
  expect(diff(ApiKey, outputs, declared, inHours(90 * 24))).toMatchObject({ changes: true, replaces: [] });
  const { outputs: next } = await update(sessionIn(90 * 24, server), ApiKey, id, outputs, declared);
  expect(next).toMatchObject({ retiring: { keyId: id } });
  expect(diff(ApiKey, next, declared, inHours(90 * 24)).changes).toBeUndefined();
});

test("removing a key ends the retiring one with it", async () => {
  await using server = await startTestServer();
  const { id, first, second } = await rotated(server);
  await remove(sessionIn(1, server), ApiKey, id, second);
  expect(await Promise.all([first, second].map(({ token }) => statusOf(server, token)))).toEqual([401, 401]);
});

test("a retiring key that somebody has revoked is forgotten, and the one in use goes on", async () => {
  await using server = await startTestServer();
  const { id, second } = await rotated(server);
  await server.api("DELETE", `/v1/keys/${id}`);
  const seen = await read(sessionIn(1, server), ApiKey, id, second);
  expect(seen?.outputs).toMatchObject({ keyId: second.keyId, status: "active" });
  expect(seen?.outputs).not.toHaveProperty("retiring");
});

test("without overlap a raised rotate renews the secret in place, as before", async () => {
  await using server = await startTestServer();
  const session = sessionIn(0, server);
  const { id, outputs } = await create(session, ApiKey, { name: "billing" });
  const renewed = await update(session, ApiKey, id, outputs, { name: "billing", rotate: 1 });
  expect(renewed.outputs).toMatchObject({ keyId: outputs.keyId });
  expect([await statusOf(server, outputs.token), await statusOf(server, renewed.outputs.token)]).toEqual([401, 200]);
});
