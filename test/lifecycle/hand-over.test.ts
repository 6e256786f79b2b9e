import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { check } from "../../provider/lifecycle/check.js";
import { diff } from "../../provider/lifecycle/diff.js";
import { create, PartialFailure, update } from "../../provider/lifecycle/lifecycle.js";
import type { Values } from "../../provider/lifecycle/values.js";
import { fingerprintOf } from "../../provider/sinks/fingerprint.js";
import { KINDS } from "../../schema/kinds/index.js";
import { startProxy } from "../support/faulty-proxy.js";
import { startTestServer, type TestServer } from "../support/start-server.js";
import { sessionTo } from "./session-to.js";

const { ApiKey } = KINDS;
const DECLARED = { name: "billing", environment: "production", deliverTo: "files" } as const;

/** An operator's file with the sink `files`, which is a folder, and `more`, another one. */
function operator() {
  const home = mkdtempSync(join(tmpdir(), "sinks-"));
  const folder = join(home, "keys");
  const more = join(home, "more");
  for (const one of [folder, more]) mkdirSync(one, { mode: 0o700 });
  const file = join(home, "sinks.yaml");
  const set = (path: string) =>
    writeFileSync(
      file,
      `files: { type: file, folder: ${JSON.stringify(folder)}, path: ${JSON.stringify(path)} }\nmore: { type: file, folder: ${JSON.stringify(more)}, path: "{key}" }\n`,
    );
  set("{project}/{key}");
  return {
    environment: { GATEHOUSE_SINKS: file },
    folder,
    delivered: (name = "organization/billing", from = folder) => readFileSync(join(from, name), "utf8").trim(),
    more,
    set,
    lock: () => writeFileSync(join(folder, "organization"), "a file where a folder must be"),
  };
}

async function statusOf(server: TestServer, token: unknown): Promise<number> {
  return (await server.api("POST", "/v1/chat/completions", { model: "any" }, String(token))).status;
}

async function keysAt(server: TestServer): Promise<readonly { name: string; status: string }[]> {
  return (await server.api("GET", "/v1/keys")).body.items;
}

test("the secret of a new key goes to its sink, and the record holds what tells it from others instead", async () => {
  await using server = await startTestServer();
  const { environment, delivered } = operator();
  const { outputs } = await create(sessionTo(server, server.url, environment), ApiKey, DECLARED);
  const secret = delivered();
  expect(await statusOf(server, secret)).toBe(200);
  expect(outputs).toMatchObject({ external: false, delivery: { sink: "files", fingerprint: fingerprintOf(secret) } });
  expect(JSON.stringify(outputs)).not.toContain(secret);
});

test("a key whose sink does not take the secret is revoked at once, and the next run makes another", async () => {
  await using server = await startTestServer();
  const { environment, lock, folder } = operator();
  lock();
  const session = sessionTo(server, server.url, environment);
  await expect(create(session, ApiKey, DECLARED)).rejects.toMatchObject({
    code: "not-delivered",
    message: expect.stringContaining("sink files"),
  });
  expect(await keysAt(server)).toMatchObject([{ name: "billing", status: "revoked" }]);
  const other = operator();
  const { outputs } = await create(sessionTo(server, server.url, other.environment), ApiKey, DECLARED);
  expect(await statusOf(server, other.delivered())).toBe(200);
  expect(outputs).toMatchObject({ status: "active" });
  expect(existsSync(join(folder, "organization/billing"))).toBe(false);
});

test("a key that could not be revoked either is recorded without its secret, and the next run gives it one", async () => {
  await using server = await startTestServer();
  await using proxy = await startProxy(server.url);
  const { environment, lock, ...own } = operator();
  lock();
  proxy.failNext({ kind: "status", status: 403, body: { code: "forbidden" } }, { method: "DELETE" });
  const failed = await create(sessionTo(server, proxy.url, environment), ApiKey, DECLARED).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(PartialFailure);
  const { id, outputs } = (failed as PartialFailure).recorded;
  expect(outputs).not.toHaveProperty("token");
  expect(diff(ApiKey, outputs, DECLARED)).toMatchObject({ changes: true, replaces: [] });
  own.set("again/{key}");
  const next = await update(sessionTo(server, server.url, environment), ApiKey, id, outputs, DECLARED);
  expect(await statusOf(server, own.delivered("again/billing"))).toBe(200);
  expect(diff(ApiKey, next.outputs, DECLARED).changes).toBeUndefined();
});

test("a secret that is renewed in place and does not reach its sink is renewed again by the next run", async () => {
  await using server = await startTestServer();
  const { environment, set, delivered, folder } = operator();
  const session = sessionTo(server, server.url, environment);
  const { id, outputs } = await create(session, ApiKey, DECLARED);
  const raised = { ...DECLARED, rotate: 1 };
  writeFileSync(join(folder, "blocked"), "");
  set("blocked/{key}");
  const failed = await update(session, ApiKey, id, outputs, raised).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(PartialFailure);
  const left: Values = (failed as PartialFailure).recorded.outputs;
  set("next/{key}");
  const { outputs: next } = await update(sessionTo(server, server.url, environment), ApiKey, id, left, raised);
  expect([await statusOf(server, delivered()), await statusOf(server, delivered("next/billing"))]).toEqual([401, 200]);
  expect(next).toMatchObject({ rotate: 1, delivery: { fingerprint: fingerprintOf(delivered("next/billing")) } });
});

test("a rotation with overlap whose hand-over fails leaves the former key in use, under its name, and nothing else", async () => {
  await using server = await startTestServer();
  const { environment, set, delivered, folder } = operator();
  const session = sessionTo(server, server.url, environment);
  const declared = { ...DECLARED, overlap: "24h" };
  const { id, outputs } = await create(session, ApiKey, declared);
  writeFileSync(join(folder, "blocked"), "");
  set("blocked/{key}");
  await expect(update(session, ApiKey, id, outputs, { ...declared, rotate: 1 })).rejects.toMatchObject({ code: "not-delivered" });
  expect((await keysAt(server)).filter(({ status }) => status === "active")).toMatchObject([{ name: "billing", keyId: id }]);
  expect(await statusOf(server, delivered())).toBe(200);
});

test("going back to the former key gives its secret back to the sink", async () => {
  await using server = await startTestServer();
  const { environment, delivered } = operator();
  const session = sessionTo(server, server.url, environment);
  const declared = { ...DECLARED, overlap: "24h" };
  const { id, outputs: first } = await create(session, ApiKey, declared);
  const secret = delivered();
  const { outputs: second } = await update(session, ApiKey, id, first, { ...declared, rotate: 1 });
  const newer = delivered();
  expect(newer).not.toBe(secret);
  const { outputs: back } = await update(session, ApiKey, id, second, declared);
  expect(delivered()).toBe(secret);
  expect([await statusOf(server, secret), await statusOf(server, newer)]).toEqual([200, 401]);
  expect(back).toMatchObject({ keyId: id, delivery: { fingerprint: fingerprintOf(secret) } });
});

test("a sink that is declared later gets the secret that the state had, and the state lets go of it", async () => {
  await using server = await startTestServer();
  const { environment, delivered } = operator();
  const session = sessionTo(server, server.url, environment);
  const { deliverTo: _none, ...declared } = DECLARED;
  const { id, outputs } = await create(session, ApiKey, declared);
  const next = await update(session, ApiKey, id, outputs, DECLARED);
  expect(delivered()).toBe(outputs.token);
  expect(next.outputs).not.toHaveProperty("token");
  expect(next.outputs).toMatchObject({ issuedAt: outputs.issuedAt, keyId: outputs.keyId });
});

test("another sink for a secret that the former one alone has is refused, unless the secret is rotated with it", async () => {
  await using server = await startTestServer();
  const { environment, delivered, more } = operator();
  const session = sessionTo(server, server.url, environment);
  const { id, outputs } = await create(session, ApiKey, DECLARED);
  const moved = { ...DECLARED, deliverTo: "more" };
  expect(check(ApiKey, moved, session, DECLARED).problems).toMatchObject([
    { property: "deliverTo", reason: expect.stringContaining("raise `rotate`") },
  ]);
  await expect(update(session, ApiKey, id, outputs, moved)).rejects.toMatchObject({ code: "refused" });
  const rotated = { ...moved, rotate: 1 };
  expect(check(ApiKey, rotated, session, DECLARED).problems).toEqual([]);
  await update(session, ApiKey, id, outputs, rotated);
  expect(await statusOf(server, delivered("billing", more))).toBe(200);
});

test("a sink that nobody has set up is told before anything is made, to whoever writes", async () => {
  await using server = await startTestServer();
  const reasons = (environment: Record<string, string>) =>
    check(ApiKey, DECLARED, sessionTo(server, server.url, environment)).problems.map(({ reason }) => reason);
  expect(reasons({})).toEqual([expect.stringContaining("GATEHOUSE_SINKS")]);
  expect(reasons({ GATEHOUSE_READ_ONLY: "1" })).toEqual([]);
  const { environment } = operator();
  chmodSync(environment.GATEHOUSE_SINKS, 0o600);
  writeFileSync(environment.GATEHOUSE_SINKS, "other: { type: file, folder: /tmp, path: '{key}' }\n");
  expect(reasons(environment)).toEqual([expect.stringContaining("no sink `files`")]);
  expect(await keysAt(server)).toEqual([]);
});
