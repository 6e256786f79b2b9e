import { expect, test } from "vitest";
import { approvedDestroy } from "../support/approved-destroy.js";
import { exampleAt, gatehouse } from "../support/gatehouse.js";
import { startTestServer } from "../support/start-server.js";

const EMAIL = "gatehouse@acme.example";

test("the example of Routerly is applied by API to a server that loses writes, needs nothing more, and goes again", {
  timeout: 300_000,
}, async () => {
  await using server = await startTestServer({ profile: "routerly", bootstrapEmail: EMAIL, lostWrites: true });
  const folder = exampleAt("routerly", server.url);
  const environment = {
    GATEHOUSE_ROUTERLY_EMAIL: EMAIL,
    GATEHOUSE_ROUTERLY_PASSWORD: server.token,
    GATEHOUSE_FIRST_PASSWORD: "first-password",
    GATEHOUSE_OPENAI_KEY: "openai-key",
    GATEHOUSE_ANTHROPIC_KEY: "anthropic-key",
    GATEHOUSE_HOOK_SECRET: "hook-secret",
  };
  const run = async (...args: string[]) => {
    const [command = "", ...options] = args;
    const { exitCode, stdout, stderr } = await gatehouse([command, folder, ...options], environment);
    expect([exitCode, exitCode === 0 ? "" : `${stdout}\n${stderr}`]).toEqual([0, ""]);
    return stdout;
  };
  const login = async () => (await server.api("POST", "/api/auth/login", { email: EMAIL, password: server.token }, null)).body.token;
  const listed = async (path: string) => (await server.api("GET", path, undefined, await login())).body;

  await run("up", "--yes");
  const projects = await listed("/api/projects");
  expect(projects.map((project: { name: string }) => project.name).toSorted()).toEqual(["Checkout AI", "Search"]);
  expect(projects.flatMap((project: { tokens: unknown[] }) => project.tokens)).toHaveLength(3);
  expect(await listed("/api/models")).toHaveLength(2);
  expect(await listed("/api/users")).toHaveLength(6);
  await run("preview", "--expect-no-changes");
  expect((await approvedDestroy(folder, environment)).exitCode).toBe(0);
  expect(await listed("/api/projects")).toEqual([]);
  expect(await listed("/api/users")).toMatchObject([{ email: EMAIL }]);
});
