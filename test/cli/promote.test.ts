import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { exampleAt, gatehouse, stackAt } from "../support/gatehouse.js";
import { startTestServer } from "../support/start-server.js";

test("gatehouse promote makes a stack of Floopy one of Olyx, which up applies and which then knows its ids", {
  timeout: 180_000,
}, async () => {
  await using olyx = await startTestServer({ profile: "olyx" });
  const source = exampleAt("floopy", "http://127.0.0.1:8787");
  const promote = (...more: string[]) =>
    gatehouse(["promote", source, "--to", "olyx", "--transport", "rehearsal", "--url", olyx.url, ...more]);
  const run = (...args: string[]) => gatehouse(args, { GATEHOUSE_OLYX_TOKEN: olyx.token });
  const folder = join(dirname(source), "floopy-olyx");

  const promoted = await promote();
  expect([promoted.exitCode, promoted.stdout]).toEqual([
    0,
    expect.stringContaining("ApiKey rates.requestsPerMinute [looser]: Olyx has no rates"),
  ]);
  expect(readFileSync(join(folder, "PROMOTION.md"), "utf8")).toContain("`EnvironmentLimit monthlyUsd`: shared out");
  expect((await olyx.api("GET", "/api/v1/projects")).body.items).toEqual([]);

  expect((await run("validate", folder)).stdout).toContain("no problems");
  const up = await run("up", folder, "--yes");
  expect([up.exitCode, up.stderr]).toEqual([0, expect.stringContaining("created Project projects/checkout-production")]);
  const projects = (await olyx.api("GET", "/api/v1/projects")).body.items as { id: number; name: string }[];
  expect(projects.map(({ name }) => name).toSorted()).toEqual(["Checkout AI development", "Checkout AI production", "Search"]);
  const budgets = (await olyx.api("GET", "/api/v1/budgets")).body.items as { amount: number }[];
  expect(budgets.map(({ amount }) => amount).toSorted((a, b) => a - b)).toEqual([200, 400, 1000]);

  const again = (await promote("--json")).json<{ objects: { path: string; targetIds?: Record<string, string> }[] }>();
  const search = String(projects.find(({ name }) => name === "Search")?.id);
  expect(again.objects.find(({ path }) => path === "projects/search")?.targetIds).toEqual({ "projects/search": search });
});

describe("gatehouse promote", () => {
  const SMALL = "name: acme\ncontrolPlane: { system: floopy }\nprojects: { shop: { name: Shop } }\n";

  it("writes over nothing that a person has there, and keeps it beside the new files when it is forced to", async () => {
    const source = stackAt(SMALL);
    const folder = `${source}-there`;
    const promote = (...more: string[]) => gatehouse(["promote", source, "--to", "anyint", "--folder", folder, ...more]);
    const file = join(folder, "gatehouse.yaml");
    expect((await promote()).exitCode).toBe(0);
    writeFileSync(file, "# a person's own\n");
    const refused = await promote();
    expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringContaining("--force to keep them")]);
    expect((await promote("--report-only")).exitCode).toBe(0);
    expect(readFileSync(file, "utf8")).toBe("# a person's own\n");
    expect((await promote("--force")).exitCode).toBe(0);
    expect(readFileSync(`${file}.before`, "utf8")).toBe("# a person's own\n");
    expect(readFileSync(file, "utf8")).toContain("name: acme-anyint");
  });

  it("refuses a target that is none, a name that is the source's, and a transport that carries nothing, before it writes", async () => {
    const source = stackAt(SMALL);
    const promote = (...options: string[]) => gatehouse(["promote", source, ...options]);
    const answers = await Promise.all([
      promote("--to", "olx"),
      promote("--to", "olyx", "--name", "acme"),
      promote("--to", "olyx", "--transport", "api"),
      promote("--to", "olyx", "--token-env", "AWS_SECRET_ACCESS_KEY"),
    ]);
    expect(answers.map(({ exitCode }) => exitCode)).toEqual([2, 2, 2, 2]);
    expect(answers.map(({ stderr }) => stderr)).toEqual([
      expect.stringContaining("did you mean `olyx`?"),
      expect.stringContaining("is the name of the source"),
      expect.stringContaining("write allowAssumed: true"),
      expect.stringContaining("begins with GATEHOUSE_"),
    ]);
  });

  it("takes the settings of a control plane that the stack names, and tells what is managed there already", async () => {
    const source = stackAt(`name: acme
controlPlanes:
  trial: { system: floopy }
  live: { system: olyx, url: "http://127.0.0.1:8788", transport: rehearsal, credentials: { token: { env: GATEHOUSE_LIVE } } }
projects: { shop: { name: Shop }, more: { name: More, on: [trial] } }
`);
    const promoted = await gatehouse(["promote", source, "--to", "live", "--report-only", "--json"]);
    expect(promoted.json()).toMatchObject({
      to: { name: "acme-live", system: "Olyx", url: "http://127.0.0.1:8788", transport: "rehearsal" },
      managedAlready: ["projects/shop"],
      secrets: ["GATEHOUSE_LIVE"],
      objects: [{ path: "projects/shop" }, { path: "projects/more", to: ["projects/more"] }],
      files: [],
    });
  });
});
