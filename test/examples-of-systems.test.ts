/** Every stack among the examples that is for one of the five systems, in rehearsal: found by listing. Routerly has a test of its own. */
import { describe, expect, test } from "vitest";
import { EXAMPLE_STACKS } from "./support/examples.js";
import { exampleAt, gatehouse } from "./support/gatehouse.js";
import { startTestServer, type TestServer } from "./support/start-server.js";

const SECRETS = {
  GATEHOUSE_OPENAI_KEY: "sk-example",
  GATEHOUSE_AUTH_PASSWORD: "hush-password",
  GATEHOUSE_STAGING_TOKEN: "hush-token",
  GATEHOUSE_HOOK_SECRET: "hush-hook",
};

/** Where each system's profile lists its projects. */
const PROJECTS: Readonly<Record<string, string>> = {
  floopy: "/v1/projects",
  olyx: "/api/v1/projects",
  qodex: "/api/projects",
  anyint: "/enterprise/v1/projects",
};

const REHEARSED = EXAMPLE_STACKS.filter(({ systems: [system = "", ...others] }) => others.length === 0 && system in PROJECTS);

describe.each(REHEARSED)("examples/$name in rehearsal", { timeout: 180_000 }, ({ name, systems: [system = ""] }) => {
  test("is applied whole, stays as it is, is repaired after a change by hand, and goes again", async () => {
    await using server = await startTestServer({ profile: system });
    const folder = exampleAt(name, server.url);
    const run = (...args: string[]) => gatehouse([...args, folder], { ...SECRETS, GATEHOUSE_TOKEN: server.token });
    const projects = async () => (await server.api("GET", PROJECTS[system] ?? "")).body.items as { id: string | number; name: string }[];
    const before = (await projects()).map(({ id }) => id);

    expect((await run("validate")).stdout).toContain("no problems");
    const up = await run("up", "--yes");
    expect([up.exitCode, up.stderr]).toEqual([0, expect.stringContaining("created Project")]);
    expect((await run("preview", "--expect-no-changes")).exitCode).toBe(0);
    expect((await run("drift")).exitCode).toBe(0);

    const [made] = (await projects()).filter(({ id }) => !before.includes(id));
    expect((await server.api("PATCH", `${PROJECTS[system]}/${made?.id}`, { name: "Changed by hand" })).status).toBe(200);
    const drift = await run("drift");
    expect([drift.exitCode, drift.stdout]).toEqual([7, expect.stringContaining(`name: applied ${made?.name}, now Changed by hand`)]);
    expect((await run("up", "--yes")).exitCode).toBe(0);
    expect((await projects()).find(({ id }) => id === made?.id)?.name).toBe(made?.name);

    const destroyed = await run("destroy", "--yes");
    expect([destroyed.exitCode, destroyed.stdout]).toEqual([0, expect.stringMatching(/\d+ deleted/)]);
  });
});

test("examples/two-systems puts one project on two systems", { timeout: 180_000 }, async () => {
  await using floopy = await startTestServer({ profile: "floopy" });
  await using olyx = await startTestServer({ profile: "olyx" });
  const folder = exampleAt("two-systems", floopy.url);
  const environment = { GATEHOUSE_FLOOPY_TOKEN: floopy.token, GATEHOUSE_OLYX_TOKEN: olyx.token, GATEHOUSE_URL_OLYX: olyx.url };
  const run = (...args: string[]) => gatehouse([...args, folder], environment);
  const up = await run("up", "--yes");
  expect([up.exitCode, up.stdout]).toEqual([0, expect.stringContaining("15 created, 2 adopted")]);
  const names = async (server: TestServer, path: string) =>
    JSON.stringify((await server.api("GET", path)).body).match(/Checkout AI/g)?.length;
  expect([await names(floopy, "/v1/projects"), await names(olyx, "/api/v1/projects")]).toEqual([1, 1]);
  expect((await run("preview", "--expect-no-changes")).exitCode).toBe(0);
  expect((await run("destroy", "--yes")).exitCode).toBe(0);
});
