import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { removeUndeclared, undeclaredObjects } from "../../provider/lifecycle/exclusive.js";
import { JUDGED_REMOVALS, writeJudgedRemovals } from "../../provider/lifecycle/judged-removals.js";
import { retiringName } from "../../provider/lifecycle/retiring-name.js";
import { startTestServer, type TestServer } from "../support/start-server.js";
import { sessionTo } from "./session-to.js";

const MEMBERS = { kind: "OrganizationMember", keep: ["Ada@acme.example"], ignore: ["*@agency.example"], undeclared: [] };

async function withMembers(server: TestServer): Promise<void> {
  for (const user of ["zoe@acme.example", "ada@acme.example", "bob@agency.example", "eve@acme.example"])
    await server.api("POST", "/v1/members", { user, role: "member" });
}

async function users(server: TestServer): Promise<string[]> {
  return (await server.api("GET", "/v1/members")).body.items.map((member: { user: string }) => member.user).toSorted();
}

test("undeclared objects are those that are neither declared nor ignored nor there before anybody", async () => {
  await using server = await startTestServer();
  await withMembers(server);
  const undeclared = await undeclaredObjects(sessionTo(server), MEMBERS, "fresh");
  expect(undeclared.map(({ values }) => values.user)).toEqual(["eve@acme.example", "zoe@acme.example"]);
});

test("removing what is undeclared leaves everything else", async () => {
  await using server = await startTestServer();
  await withMembers(server);
  expect(await removeUndeclared(sessionTo(server), MEMBERS, ["eve@acme.example", "zoe@acme.example"])).toHaveLength(2);
  expect(await users(server)).toEqual(["ada@acme.example", "bob@agency.example", "owner@gatehouse.local"]);
});

test("what has come since the plan stays until a plan has shown it", async () => {
  await using server = await startTestServer();
  await withMembers(server);
  expect(await removeUndeclared(sessionTo(server), MEMBERS, ["eve@acme.example"])).toHaveLength(1);
  expect(await users(server)).toContain("zoe@acme.example");
  expect(await removeUndeclared(sessionTo(server), MEMBERS, [])).toEqual([]);
});

test("of what is undeclared goes what the gates have judged, by its id, whatever a refresh observed", async () => {
  await using server = await startTestServer();
  await withMembers(server);
  const file = join(mkdtempSync(join(tmpdir(), "removals-")), "removals.json");
  const members = (await server.api("GET", "/v1/members")).body.items as readonly { id: string; user: string }[];
  const ids = members.filter(({ user }) => user === "eve@acme.example" || user === "ada@acme.example").map(({ id }) => id);
  const removals = ids.map((id) => ({ controlPlane: "main", kind: "OrganizationMember", id }));
  writeJudgedRemovals(file, [
    ...removals,
    { controlPlane: "other", kind: "OrganizationMember", id: String(members.find(({ user }) => user === "zoe@acme.example")?.id) },
  ]);
  const session = sessionTo(server, server.url, { [JUDGED_REMOVALS]: file });
  expect(await removeUndeclared(session, MEMBERS, ["eve@acme.example", "zoe@acme.example"])).toHaveLength(1);
  expect(await users(server)).toEqual(["ada@acme.example", "bob@agency.example", "owner@gatehouse.local", "zoe@acme.example"]);
});

test("a revoked key is not undeclared: it is history", async () => {
  await using server = await startTestServer();
  const { body } = await server.api("POST", "/v1/keys", { name: "former" });
  await server.api("DELETE", `/v1/keys/${body.id}`);
  await server.api("POST", "/v1/keys", { name: "stray" });
  const keys = { kind: "ApiKey", keep: [], undeclared: [] };
  expect((await undeclaredObjects(sessionTo(server), keys, "fresh")).map(({ values }) => values.name)).toEqual(["stray"]);
});

test("an exclusive collection never reaches into that of another owner", async () => {
  await using server = await startTestServer();
  const project = async (slug: string) => (await server.api("POST", "/v1/projects", { name: slug, slug })).body.id as string;
  const [own, other] = [await project("own"), await project("other")];
  for (const [name, owner] of [
    ["stray", own],
    ["of-another", other],
    ["of-nobody", undefined],
  ] as const)
    await server.api("POST", "/v1/keys", { name, environment: "development", ...(owner && { project: owner }) });
  const names = async (owner?: string) => {
    const inputs = { kind: "ApiKey", ...(owner && { owner }), keep: [], undeclared: [] };
    return (await undeclaredObjects(sessionTo(server), inputs, "fresh")).map(({ values }) => values.name);
  };
  expect(await names(own)).toEqual(["stray"]);
  expect(await names()).toEqual(["of-nobody"]);
});

test("where a collection names what goes, everything else stays", async () => {
  await using server = await startTestServer();
  await withMembers(server);
  const named = { ...MEMBERS, only: ["zoe@*", "bob@agency.example"] };
  expect((await undeclaredObjects(sessionTo(server), named, "fresh")).map(({ values }) => values.user)).toEqual(["zoe@acme.example"]);
});

test("a key that retires beside the declared one is not undeclared", async () => {
  await using server = await startTestServer();
  const { body } = await server.api("POST", "/v1/keys", { name: "checkout-prod" });
  await server.api("PATCH", `/v1/keys/${body.id}`, { name: retiringName("checkout-prod", body.id) });
  await server.api("POST", "/v1/keys", { name: "checkout-prod (retiring 0badc0de)" });
  const keys = { kind: "ApiKey", keep: ["Checkout-Prod"], undeclared: [] };
  const undeclared = await undeclaredObjects(sessionTo(server), keys, "fresh");
  expect(undeclared.map(({ values }) => values.name)).toEqual(["checkout-prod (retiring 0badc0de)"]);
});
