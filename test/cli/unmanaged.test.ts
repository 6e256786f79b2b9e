import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../provider/report/report.js";
import type { UnmanagedObject } from "../../provider/report/unmanaged-object.js";
import { approve, type Closed } from "../support/approved-destroy.js";
import { pasted } from "../support/pasted.js";
import { HEAD, type Scenario, startScenario, write } from "./scenario.js";

const STACK = `${HEAD}members: { ada@acme.example: owner }\n`;
const TEAM = `owns: { projects: [checkout] }
projects:
  checkout:
    name: Checkout AI
    keys:
      checkout-prod: { environment: production, ownerType: service, owner: ada@acme.example, consumer: checkout-api, hourlyUsd: 25 }
`;

/** Each test goes on where the one before ended. */
describe("the ready lines of what nobody declared", { timeout: 180_000 }, () => {
  let scenario: Scenario;
  let project: string;

  const listed = async (): Promise<readonly UnmanagedObject[]> =>
    (await scenario.run("drift", ["--json"])).json<{ unmanaged: readonly UnmanagedObject[] }>().unmanaged;
  const named = async (name: string) => (await listed()).find(({ key }) => key === name);
  const paste = (ready: UnmanagedObject["adopt"] | undefined) => {
    const file = ready?.file ?? "";
    writeFileSync(file, pasted(readFileSync(file, "utf8"), ready ?? {}));
  };
  const key = (name: string) => scenario.object("/v1/keys", "name", name);

  beforeAll(async () => {
    scenario = await startScenario(STACK);
    write(join(scenario.folder, "checkout.yaml"), TEAM);
    await scenario.up();
    project = (await scenario.object("/v1/projects", "slug", "checkout")).id;
    const made = { project, environment: "production", description: "by hand: for the nightly # job" };
    for (const name of ["legacy-prod", "leaked-prod"]) await scenario.server.api("POST", "/v1/keys", { ...made, name });
    await scenario.server.api("POST", "/v1/members", { user: "eve@acme.example", role: "admin" });
  }, 90_000);
  afterAll(async () => scenario?.[Symbol.asyncDispose]());

  it("come with a preview, whose verdict a critical object makes worth a look and nothing more", async () => {
    const preview = await scenario.run("preview", ["--json", "--expect-no-changes"]);
    const { report } = preview.json<{ report: Report }>();
    expect([preview.exitCode, report.verdict]).toEqual([0, "review"]);
    expect(report.unmanaged?.map(({ key: name, severity }) => `${severity} ${name}`)).toEqual([
      "critical leaked-prod",
      "critical legacy-prod",
      "critical eve@acme.example",
    ]);
    expect(report.unmanaged).toEqual(await listed());
    const told = await scenario.run("preview");
    expect(told.stdout).toContain("Nobody declared 3 objects: 3 critical. This change did not bring them.");
    expect(told.stdout).not.toContain("adopt:");
  });

  it("adopt the object into the file of its project, and change nothing at it", async () => {
    const before = await key("legacy-prod");
    paste((await named("legacy-prod"))?.adopt);
    expect(readFileSync(join(scenario.folder, "checkout.yaml"), "utf8")).toContain("legacy-prod:");
    scenario.proxy.requests.splice(0);
    const up = await scenario.up();
    expect(up.stdout).toContain("1 adopted");
    expect(scenario.methodsSeen()).toEqual(["GET"]);
    expect(await key("legacy-prod")).toEqual(before);
    expect((await scenario.run("preview", ["--expect-no-changes"])).exitCode).toBe(0);
    expect(await named("legacy-prod")).toBeUndefined();
  });

  it("ignore the object, and nothing else", async () => {
    paste((await named("eve@acme.example"))?.ignore);
    expect((await listed()).map(({ key: name }) => name)).toEqual(["leaked-prod"]);
  });

  it("remove the object, once somebody has approved the end of a production key", async () => {
    paste((await named("leaked-prod"))?.remove);
    await scenario.server.api("POST", "/v1/keys", { name: "bystander", project });
    const stopped = await scenario.run("up", ["--yes", "--json"]);
    expect(stopped.exitCode).toBe(3);
    const { closed } = stopped.json<{ gates: { closed: readonly Closed[] } }>().gates;
    expect(closed).toMatchObject([{ gate: "production-key-ends", object: "projects/checkout/keys/$remove/leaked-prod" }]);
    expect((await key("leaked-prod")).status).toBe("active");

    const rule = readFileSync(join(scenario.folder, "checkout.yaml"), "utf8");
    writeFileSync(join(scenario.folder, "checkout.yaml"), rule.replace("match: leaked-prod", "match: nobody"));
    approve(join(scenario.folder, "gatehouse.yaml"), closed);
    await scenario.up();
    writeFileSync(join(scenario.folder, "checkout.yaml"), rule);
    await scenario.up();
    expect((await key("leaked-prod")).status).toBe("revoked");
    expect((await key("bystander")).status).toBe("active");
    expect((await listed()).map(({ key: name }) => name)).toEqual(["bystander"]);
    expect((await scenario.run("preview", ["--expect-no-changes"])).exitCode).toBe(0);
  });
});
