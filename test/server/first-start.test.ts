import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startTestServer } from "../support/start-server.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gatehouse-server-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("health is told without a token", async () => {
  await using server = await startTestServer();
  const { status, body } = await server.api("GET", "/healthz", undefined, null);
  expect(status).toBe(200);
  expect(body).toEqual({ status: "ok", version: expect.stringMatching(/^\d+\.\d+\.\d+/) });
});

test("the OpenAPI document carries the schemas of the kinds and needs no token", async () => {
  await using server = await startTestServer();
  const { status, body } = await server.api("GET", "/openapi.json", undefined, null);
  expect(status).toBe(200);
  expect(body.openapi).toBe("3.1.0");
  const create = body.paths["/v1/projects"].post.requestBody.content["application/json"].schema;
  expect(create.required).toEqual(["name"]);
  expect(create.properties.slug).toMatchObject({ type: "string", maxLength: 63, pattern: "^[a-z0-9-]+$" });
  expect(create.properties).not.toHaveProperty("totalMonthlySpendUsd");
  expect(Object.keys(body.paths)).toEqual(
    expect.arrayContaining(["/v1/organization", "/v1/projects/{project}/tiers/{id}", "/v1/keys/{id}/rotate", "/v1/environment-limits"]),
  );
});

test("F-05 an organization, its Default project and a first owner are there before anybody declares them", async () => {
  await using server = await startTestServer();
  const organization = await server.api("GET", "/v1/organization");
  expect(organization.body).toMatchObject({ plan: "pro", builtIn: true, organizationId: organization.body.id });
  const projects = await server.api("GET", "/v1/projects");
  expect(projects.body.items).toHaveLength(1);
  expect(projects.body.items[0]).toMatchObject({
    id: "00000000-0000-0000-0000-000000000000",
    projectId: "00000000-0000-0000-0000-000000000000",
    name: "Default",
    slug: "default",
    status: "active",
    builtIn: true,
  });
  const me = await server.api("GET", "/v1/me");
  expect(me.body).toMatchObject({ user: "owner@gatehouse.local", role: "owner", status: "active", builtIn: true });
});

test("a bootstrap token can be chosen, and a random one begins with gh_mt_", async () => {
  await using chosen = await startTestServer({ bootstrapToken: "chosen-by-the-operator" });
  expect((await chosen.api("GET", "/v1/me", undefined, "chosen-by-the-operator")).status).toBe(200);
  await using random = await startTestServer();
  expect(random.token).toMatch(/^gh_mt_[A-Za-z0-9_-]{43}$/);
});

test("a restart on the same file keeps everything and shows no bootstrap token again", async () => {
  const dataFile = join(folder, "data", "gatehouse.db");
  const first = await startTestServer({ dataFile });
  const made = await first.api("POST", "/v1/projects", { name: "Checkout" });
  const key = await first.api("POST", "/v1/keys", { name: "k", project: made.body.id });
  await first.close();
  await using second = await startTestServer({ dataFile, plan: "free" });
  expect(second.token).toBe("");
  const kept = await second.api("GET", `/v1/projects/${made.body.id}`, undefined, first.token);
  expect(kept.body).toEqual(made.body);
  expect((await second.api("GET", "/v1/organization", undefined, first.token)).body.plan).toBe("pro");
  expect((await second.api("POST", "/v1/chat/completions", { model: "m" }, key.body.token)).status).toBe(200);
});

test("the data file is readable by its owner only and holds no token, code or password in clear", async () => {
  const dataFile = join(folder, "gatehouse.db");
  const server = await startTestServer({ dataFile });
  const key = await server.api("POST", "/v1/keys", { name: "k" });
  await server.api("POST", "/v1/members", { user: "a@acme.example", role: "admin", initialPassword: "a long enough password" });
  const invited = await server.api("POST", "/v1/members", { user: "b@acme.example", role: "viewer" });
  const { code } = (await server.api("POST", `/v1/members/${invited.body.id}/invitation`)).body;
  await server.close();
  expect(statSync(dataFile).mode & 0o777).toBe(0o600);
  const bytes = readFileSync(dataFile).toString("latin1");
  expect(bytes).toContain("a@acme.example");
  for (const secret of [server.token, key.body.token, code, "a long enough password"]) expect(bytes.includes(secret)).toBe(false);
});

test("a data file of another schema version is refused with both versions", async () => {
  const dataFile = join(folder, "gatehouse.db");
  await (await startTestServer({ dataFile })).close();
  const database = new DatabaseSync(dataFile);
  database.exec("UPDATE meta SET value = '99' WHERE name = 'schemaVersion'");
  database.close();
  await expect(startTestServer({ dataFile })).rejects.toThrow(/schema version 99, this version of Gatehouse writes 2/);
});

test("a file that is no database is refused and left as it is", async () => {
  const dataFile = join(folder, "notes.txt");
  writeFileSync(dataFile, "these are my notes, and they are long enough to be read as a header of a file\n".repeat(20));
  const before = readFileSync(dataFile);
  await expect(startTestServer({ dataFile })).rejects.toThrow(/is not a SQLite database/);
  expect(readFileSync(dataFile)).toEqual(before);
});

test("an unknown profile is refused with the known ones", async () => {
  await expect(startTestServer({ profile: "acme" })).rejects.toThrow(/no profile "acme": use one of .*gatehouse/);
});

test("closing twice is closing once, and the port is free again", async () => {
  const server = await startTestServer();
  await server.close();
  await server.close();
  await expect(server.api("GET", "/healthz")).rejects.toThrow();
  await using again = await startTestServer({ port: server.port });
  expect(again.port).toBe(server.port);
});

test("logging is off unless asked for, and a line holds neither body, query nor token", async () => {
  const lines: string[] = [];
  await using server = await startTestServer({ log: (line) => lines.push(line) });
  const key = await server.api("POST", "/v1/keys?note=in-the-query", { name: "in-the-body" });
  await server.close();
  expect(lines).toEqual([expect.stringMatching(/^POST \/v1\/keys 201 \d+ ms [0-9a-f-]{36}$/)]);
  expect(lines.join()).not.toContain(key.body.token);
});
