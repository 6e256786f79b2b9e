import { expect, test } from "vitest";
import { removeUndeclared, undeclaredObjects } from "../../provider/lifecycle/exclusive.js";
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
  expect(await removeUndeclared(sessionTo(server), MEMBERS)).toHaveLength(2);
  expect(await users(server)).toEqual(["ada@acme.example", "bob@agency.example", "owner@gatehouse.local"]);
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
