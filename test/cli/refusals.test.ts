import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer } from "../support/start-server.js";
import { HEAD, type Scenario, startScenario } from "./scenario.js";

const MEMBERS = `members:
  lin@acme.example: manager
  kim@acme.example: member
`;

const CHECKOUT = "projects: { checkout: { name: Checkout AI } }\n";

/** Each test goes on where the one before ended. */
describe("what a control plane refuses", { timeout: 120_000 }, () => {
  let scenario: Scenario;

  beforeAll(async () => {
    scenario = await startScenario(`${HEAD}${MEMBERS}`, "starter");
    await scenario.up();
  }, 60_000);
  afterAll(async () => scenario?.[Symbol.asyncDispose]());

  /** A management token of a member who has accepted the invitation. */
  async function tokenOf(user: string): Promise<string> {
    const { id } = await scenario.object("/v1/members", "user", user);
    const { body } = await scenario.server.api("POST", `/v1/members/${id}/invitation`, {});
    return (await scenario.server.api("POST", "/v1/invitations/accept", { code: body.code }, null)).body.token;
  }

  it("is told to a member who may only read, with role and object, and nothing is written", async () => {
    const token = await tokenOf("kim@acme.example");
    scenario.declare(`${HEAD}${MEMBERS.replace("kim@acme.example: member", "kim@acme.example: owner")}`);
    const up = await scenario.run("up", ["--yes"], { GATEHOUSE_TOKEN: token });
    expect(up.exitCode).toBe(1);
    expect(up.stdout).toMatch(
      /error: members\/kim@acme.example: .*cannot be changed.*"member" of kim@acme.example may not.*\[gatehouse:forbidden, request /,
    );
    expect(up.stdout).toContain("Use a token whose member may do this");
    expect(await scenario.object("/v1/members", "user", "kim@acme.example")).toMatchObject({ role: "member" });
  });

  it("is told to a manager, who may create a project and may not limit an environment", async () => {
    const token = await tokenOf("lin@acme.example");
    const projects = "projects: { checkout: { name: Checkout AI } }";
    scenario.declare(`${HEAD}${MEMBERS}${projects}`);
    expect((await scenario.run("up", ["--yes"], { GATEHOUSE_TOKEN: token })).exitCode).toBe(0);
    scenario.declare(`${HEAD}${MEMBERS}${projects}\nenvironmentLimits: { production: { monthlyUsd: 5 } }`);
    const up = await scenario.run("up", ["--yes"], { GATEHOUSE_TOKEN: token });
    expect(up.exitCode).toBe(1);
    expect(up.stdout).toMatch(/error: environmentLimits\/production: .*"manager" of lin@acme.example may not create EnvironmentLimit/);
    expect(await scenario.objects("/v1/environment-limits")).toEqual([]);
    expect(await scenario.object("/v1/projects", "slug", "checkout")).toMatchObject({ name: "Checkout AI" });
  });

  it("is told when the plan's quota is used up, with the plan and the number", async () => {
    scenario.declare(`${HEAD}${MEMBERS}projects:
  checkout: { name: Checkout AI }
  search: { name: Search }
  one-too-many: { name: One too many }
`);
    const up = await scenario.run("up", ["--yes"]);
    expect(up.exitCode).toBe(1);
    expect(up.stdout).toContain("the plan starter allows 3 Project objects");
    expect(await scenario.objects("/v1/projects")).toHaveLength(3);
  });

  it("is told when the plan is not the one that the stack was written for, with both", async () => {
    scenario.declare(`${HEAD}${MEMBERS}${CHECKOUT}organization: { name: Acme, plan: enterprise }`);
    const up = await scenario.run("up", ["--yes"]);
    expect(up.exitCode).toBe(1);
    expect(up.stdout).toContain('error: organization: Organization: plan is "starter" on the server and "enterprise" in the declaration');
    expect((await scenario.server.api("GET", "/v1/organization")).body).toMatchObject({ name: "Gatehouse", plan: "starter" });
  });

  it("is told when the server did not keep a value; the run after it mends that", async () => {
    scenario.declare(`${HEAD}${MEMBERS}${CHECKOUT}environmentLimits: { staging: { requestsPerMinute: 30, monthlyUsd: 5 } }`);
    const drop = { kind: "edit", edit: (body: unknown) => ({ ...(body as object), monthlyUsd: undefined }) } as const;
    scenario.proxy.failNext(drop, { method: "GET", path: "/v1/environment-limits/staging" });
    const up = await scenario.run("up", ["--yes", "--json"]);
    expect(up.exitCode).toBe(1);
    const { failures } = up.json<{ failures: { name: string; message: string }[] }>();
    expect(failures).toMatchObject([
      { name: "environmentLimits/staging", message: expect.stringMatching(/monthlyUsd is absent instead of 5 \[gatehouse:not-kept\]/) },
    ]);
    await scenario.up();
    expect(await scenario.objects("/v1/environment-limits")).toMatchObject([
      { environment: "staging", requestsPerMinute: 30, monthlyUsd: 5 },
    ]);
    expect((await scenario.run("preview", ["--expect-no-changes"])).exitCode).toBe(0);
  });

  it("is told for a wrong token, before the engine starts", async () => {
    const preview = await scenario.run("preview", [], { GATEHOUSE_TOKEN: "gh_mt_wrong" });
    expect(preview.exitCode).toBe(1);
    expect(preview.stderr).toMatch(/error: .*not a management token.*\[gatehouse:unauthorized, request /);
    expect(preview.stderr + preview.stdout).not.toContain("gh_mt_wrong");
  });

  it("is nothing that another organization behind the same address may answer to", async () => {
    await using other = await startTestServer({ bootstrapToken: scenario.server.token });
    for (const command of ["preview", "drift", "destroy"]) {
      const ran = await scenario.run(command, ["--yes"], { GATEHOUSE_URL: other.url });
      expect(ran.exitCode).toBe(2);
      expect(ran.stderr).toContain("this stack belongs to the organization");
    }
    const audit = await other.api("GET", "/v1/audit");
    expect(audit.body.items.filter((entry: { actor: string }) => entry.actor !== "system")).toEqual([]);
  });

  it("is not tried at another address: one that was changed in the stack file is refused", async () => {
    scenario.methodsSeen();
    scenario.declare(`${HEAD.replace("127.0.0.1:8787", "127.0.0.1:9999")}${MEMBERS}`);
    const up = await scenario.run("up", ["--yes", "--json"]);
    expect(up.exitCode).toBe(2);
    expect(up.json()).toMatchObject({
      error: { code: "wrong-control-plane", message: expect.stringContaining("http://127.0.0.1:8787, not http://127.0.0.1:9999") },
    });
    expect(scenario.methodsSeen()).toEqual(["GET"]);
  });
});
