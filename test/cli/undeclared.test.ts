import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HEAD, type Scenario, startScenario } from "./scenario.js";

const stack = (settings: string) => `${HEAD}members:
  ada@acme.example: owner
${settings}
projects:
  checkout: { name: Checkout AI }
`;
const IGNORE = '  $ignore: [{ match: "*@agency.example", reason: "The agency comes and goes.", until: 2999-01-01 }]';

/** Each test goes on where the one before ended. */
describe("objects that nobody declared", { timeout: 120_000 }, () => {
  let scenario: Scenario;

  beforeAll(async () => {
    scenario = await startScenario(stack(""));
    await scenario.up();
    for (const user of ["eve@acme.example", "bob@agency.example"])
      await scenario.server.api("POST", "/v1/members", { user, role: "admin" });
    const checkout = await scenario.object("/v1/projects", "slug", "checkout");
    await scenario.server.api("POST", `/v1/projects/${checkout.id}/members`, { user: "eve@acme.example", role: "admin" });
    await scenario.server.api("POST", "/v1/keys", { name: "stray", project: checkout.id });
  }, 60_000);
  afterAll(async () => scenario?.[Symbol.asyncDispose]());

  const users = async () => (await scenario.objects("/v1/members")).map((member) => member.user).toSorted();

  it("are reported by drift, by kind and name, and what was there before anybody is not", async () => {
    const drift = await scenario.run("drift");
    expect(drift.exitCode).toBe(7);
    const lines = drift.stdout
      .trimEnd()
      .split("\n")
      .filter((line) => line.startsWith("?"))
      .map((line) => line.replace(/\(.*?\) /, ""));
    expect(lines.toSorted()).toEqual([
      "? ApiKey stray exists and is not declared",
      "? OrganizationMember bob@agency.example exists and is not declared",
      "? OrganizationMember eve@acme.example exists and is not declared",
      "? ProjectMember eve@acme.example exists and is not declared",
    ]);
  });

  it("are silenced one by one with $ignore", async () => {
    scenario.declare(stack(IGNORE));
    const drift = await scenario.run("drift", ["--json"]);
    const { unmanaged } = drift.json<{ unmanaged: { key: string }[] }>();
    expect(unmanaged.map(({ key }) => key).toSorted()).toEqual(["eve@acme.example", "eve@acme.example", "stray"]);
  });

  it("are spoken of again when the $ignore has run out", async () => {
    scenario.declare(stack(IGNORE.replace("2999", "2001")));
    const drift = await scenario.run("drift", ["--json"]);
    expect(drift.json<{ unmanaged: { key: string }[] }>().unmanaged.map(({ key }) => key)).toContain("bob@agency.example");
  });

  it("go from a collection that becomes $exclusive, but for those that are ignored or were there before anybody", async () => {
    scenario.declare(stack(`${IGNORE}\n  $exclusive: true`));
    const unconfirmed = await scenario.run("up");
    expect(unconfirmed.exitCode).toBe(2);
    expect(unconfirmed.stderr).toContain("members/$exclusive: undeclared objects of this collection are removed from now on");
    expect(await users()).toContain("eve@acme.example");

    await scenario.up();
    expect(await users()).toEqual(["ada@acme.example", "bob@agency.example", "owner@gatehouse.local"]);
  });

  it("that come into an exclusive collection later are a change in the preview, and up removes them", async () => {
    await scenario.server.api("POST", "/v1/members", { user: "mal@acme.example", role: "owner" });
    const preview = await scenario.run("preview", ["--expect-no-changes"]);
    expect(preview.exitCode).toBe(7);
    expect(preview.stdout).toContain("mal@acme.example");
    expect(await users()).toContain("mal@acme.example");

    const up = await scenario.up();
    expect(up.stdout).toContain("1 updated");
    expect(await users()).toEqual(["ada@acme.example", "bob@agency.example", "owner@gatehouse.local"]);
    expect((await scenario.run("preview", ["--expect-no-changes"])).exitCode).toBe(0);
  });

  it("are never removed elsewhere", async () => {
    expect((await scenario.objects("/v1/keys")).map(({ name, status }) => [name, status])).toEqual([["stray", "active"]]);
  });
});
