import { expect, test } from "vitest";
import { create, PartialFailure, remove, update } from "../../provider/lifecycle/lifecycle.js";
import { KINDS } from "../../schema/kinds/index.js";
import { startProxy } from "../support/faulty-proxy.js";
import { inDays } from "../support/in-days.js";
import { startTestServer } from "../support/start-server.js";
import { sessionTo } from "./session-to.js";

const { ApiKey, EnvironmentLimit, Organization, OrganizationMember, Project } = KINDS;

test("what was created is on the server and in the record, with what the server assigned", async () => {
  await using server = await startTestServer();
  const { id, outputs } = await create(sessionTo(server), Project, { name: "Checkout AI", slug: "checkout" });
  expect((await server.api("GET", `/v1/projects/${id}`)).body).toMatchObject({ name: "Checkout AI", slug: "checkout", status: "active" });
  expect(outputs).toMatchObject({ name: "Checkout AI", slug: "checkout", projectId: id, adopted: false });
});

test("an object that exists is never taken over silently: the error says how to take it over", async () => {
  await using server = await startTestServer();
  const { body } = await server.api("POST", "/v1/projects", { name: "By hand", slug: "checkout" });
  const failing = create(sessionTo(server), Project, { name: "Checkout AI", slug: "checkout" });
  await expect(failing).rejects.toMatchObject({ code: "already-exists", message: expect.stringContaining("adopt: ifExists") });
  expect((await server.api("GET", `/v1/projects/${body.id}`)).body.name).toBe("By hand");
});

test("a name that another object holds under another natural key is no object to adopt", async () => {
  await using server = await startTestServer();
  await server.api("POST", "/v1/projects", { name: "Checkout AI", slug: "other" });
  const failing = create(sessionTo(server), Project, { name: "Checkout AI", slug: "checkout", adopt: "ifExists" });
  await expect(failing).rejects.toMatchObject({ code: "already-exists", message: expect.stringContaining("choose another name") });
});

test("adopt: ifExists takes over what is there, makes it as declared, and its removal releases it", async () => {
  await using server = await startTestServer();
  const { body } = await server.api("POST", "/v1/projects", { name: "By hand", slug: "checkout", description: "Old." });
  const session = sessionTo(server);
  const { id, outputs } = await create(session, Project, { name: "Checkout AI", slug: "checkout", adopt: "ifExists" });
  expect(id).toBe(body.id);
  expect(outputs.adopted).toBe(true);
  expect((await server.api("GET", `/v1/projects/${id}`)).body).toMatchObject({ name: "Checkout AI", description: "Old." });

  await remove(session, Project, id, outputs);
  expect((await server.api("GET", `/v1/projects/${id}`)).status).toBe(200);
  await remove(session, Project, id, { ...outputs, onDelete: "delete" });
  expect((await server.api("GET", `/v1/projects/${id}`)).status).toBe(404);
});

test("adopt: ifExists creates what is not there, and its removal deletes it", async () => {
  await using server = await startTestServer();
  const session = sessionTo(server);
  const { id, outputs } = await create(session, EnvironmentLimit, { environment: "staging", monthlyUsd: 5, adopt: "ifExists" });
  expect(outputs.adopted).toBe(false);
  await remove(session, EnvironmentLimit, id, outputs);
  expect((await server.api("GET", "/v1/environment-limits")).body.items).toEqual([]);
});

test("a key that was taken over is deleted once its declared end has come, and until then released", async () => {
  await using server = await startTestServer();
  const session = sessionTo(server);
  const { id, outputs } = await create(session, ApiKey, { name: "old", expiresAt: inDays(1) });
  const status = async () => (await server.api("GET", `/v1/keys/${id}`)).body.status;
  await remove(session, ApiKey, id, { ...outputs, adopted: true });
  expect(await status()).toBe("active");
  await remove(session, ApiKey, id, { ...outputs, adopted: true, expiresAt: inDays(0) });
  expect(await status()).toBe("revoked");
});

test("what is to be released stays although it was created here", async () => {
  await using server = await startTestServer();
  const session = sessionTo(server);
  const { id, outputs } = await create(session, Project, { name: "Kept", slug: "kept", onDelete: "release" });
  await remove(session, Project, id, outputs);
  expect((await server.api("GET", `/v1/projects/${id}`)).status).toBe(200);
});

test("adopt: require insists that the object exists", async () => {
  await using server = await startTestServer();
  const failing = create(sessionTo(server), Project, { name: "Checkout AI", slug: "checkout", adopt: "require" });
  await expect(failing).rejects.toMatchObject({ code: "not-found", message: expect.stringContaining("adopt: ifExists") });
  expect((await server.api("GET", "/v1/projects")).body.items).toHaveLength(1);
});

test("what was there before anybody is adopted without being asked for: the Default project, the first owner, the organization", async () => {
  await using server = await startTestServer();
  const session = sessionTo(server);
  const byDefault = await create(session, Project, { name: "Everything else", slug: "default" });
  const owner = await create(session, OrganizationMember, { user: "OWNER@gatehouse.local", role: "owner" });
  const organization = await create(session, Organization, { name: "Acme" });
  for (const { outputs } of [byDefault, owner, organization]) expect(outputs.adopted).toBe(true);
  expect(byDefault.id).toBe("00000000-0000-0000-0000-000000000000");
  for (const [kind, { id, outputs }] of [
    [Project, byDefault],
    [OrganizationMember, owner],
    [Organization, organization],
  ] as const) {
    await remove(session, kind, id, outputs);
  }
  expect((await server.api("GET", "/v1/projects")).body.items).toHaveLength(1);
  expect((await server.api("GET", "/v1/organization")).body.name).toBe("Acme");
});

test("a plan other than the declared one is an error that names both, and nothing is written", async () => {
  await using server = await startTestServer({ plan: "starter" });
  const failing = create(sessionTo(server), Organization, { name: "Acme", plan: "pro" });
  await expect(failing).rejects.toThrow(/plan is "starter" on the server and "pro" in the declaration/);
  expect((await server.api("GET", "/v1/organization")).body).toMatchObject({ name: "Gatehouse", plan: "starter" });
});

test("a value that the server did not keep is an error, is recorded as it is, and the next run mends it", async () => {
  await using server = await startTestServer();
  await using proxy = await startProxy(server.url);
  const session = sessionTo(server, proxy.url);
  const inputs = { name: "billing", monthlyUsd: 10, environment: "production" };
  proxy.failNext({ kind: "edit", edit: (body) => ({ ...(body as object), monthlyUsd: 7 }) }, { method: "GET", path: /^\/v1\/keys\/./ });
  const failure = await create(session, ApiKey, inputs).catch((error: unknown) => error);
  if (!(failure instanceof PartialFailure)) throw new Error("the creation did not fail in part");
  expect(failure.message).toContain("[gatehouse:not-kept]");
  expect(failure.message).toContain("monthlyUsd is 7 instead of 10");
  expect(failure.recorded.outputs).toMatchObject({ monthlyUsd: 7, token: expect.stringMatching(/^gh_sk_/) });

  const keyId = String(failure.recorded.outputs.keyId ?? failure.recorded.id);
  await server.api("PATCH", `/v1/keys/${failure.recorded.id}`, { monthlyUsd: 7 });
  const mended = await update(session, ApiKey, failure.recorded.id, failure.recorded.outputs, inputs);
  expect(mended.outputs).toMatchObject({ monthlyUsd: 10, keyId, token: failure.recorded.outputs.token });
  expect((await server.api("GET", "/v1/keys")).body.items).toMatchObject([{ monthlyUsd: 10 }]);
});

test("a value that the server dropped is an error that says it is absent", async () => {
  await using server = await startTestServer();
  await using proxy = await startProxy(server.url);
  const without = (body: unknown) => ({ ...(body as object), description: null });
  proxy.failNext({ kind: "edit", edit: without }, { method: "GET", path: /^\/v1\/projects\/./ });
  const failing = create(sessionTo(server, proxy.url), Project, { name: "Checkout", slug: "checkout", description: "What it is." });
  await expect(failing).rejects.toThrow(/description is absent instead of "What it is.".*gatehouse:not-kept/);
});

test("a first password is sent by reference: the member can log in, and the record holds the reference only", async () => {
  await using server = await startTestServer();
  const inputs = { user: "ada@acme.example", role: "admin", initialPassword: { env: "GATEHOUSE_ADA_PASSWORD", version: 1 } };
  const session = sessionTo(server, server.url, { GATEHOUSE_ADA_PASSWORD: "correct horse" });
  const { outputs } = await create(session, OrganizationMember, inputs);
  expect(outputs.initialPassword).toEqual({ env: "GATEHOUSE_ADA_PASSWORD", version: 1 });
  const login = await server.api("POST", "/v1/login", { email: "ada@acme.example", password: "correct horse" }, null);
  expect(login.status).toBe(200);
});

test("a secret whose variable is not set stops the creation before anything is sent", async () => {
  await using server = await startTestServer();
  const inputs = { user: "ada@acme.example", role: "admin", initialPassword: { env: "GATEHOUSE_ADA_PASSWORD", version: 1 } };
  const failing = create(sessionTo(server), OrganizationMember, inputs);
  await expect(failing).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringContaining("GATEHOUSE_ADA_PASSWORD, which is not set"),
  });
  expect((await server.api("GET", "/v1/members")).body.items).toHaveLength(1);
});
