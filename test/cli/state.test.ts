import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HEAD, type Scenario, startScenario } from "./scenario.js";

const PASSWORD = "correct horse battery";
const MEMBER = "members: { ada@acme.example: { role: admin, initialPassword: { env: GATEHOUSE_ADA_PASSWORD, version: 1 } } }\n";

/** Each test goes on where the one before ended. */
describe("the state of a stack", { timeout: 120_000 }, () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await startScenario(HEAD + MEMBER);
  }, 60_000);
  afterAll(async () => scenario?.[Symbol.asyncDispose]());

  it("would be lost in a job without a backend: CI without one is refused, and nothing is left behind", async () => {
    const up = await scenario.run("up", ["--yes"], { CI: "1" });
    expect(up).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("Set PULUMI_BACKEND_URL") });
    const backend = pathToFileURL(mkdtempSync(join(tmpdir(), "backend-"))).href;
    const noPassphrase = await scenario.run("up", ["--yes"], { CI: "1", PULUMI_BACKEND_URL: backend });
    expect(noPassphrase).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("Set PULUMI_CONFIG_PASSPHRASE") });
    expect(readdirSync(scenario.folder)).toEqual(["gatehouse.yaml"]);
  });

  it("needs the variable of a secret that is to be sent: without it up fails with exit code 2 and creates nobody", async () => {
    const up = await scenario.run("up", ["--yes"]);
    expect(up.exitCode).toBe(2);
    expect(up.stdout + up.stderr).toContain("GATEHOUSE_ADA_PASSWORD, which is not set");
    expect(await scenario.objects("/v1/members")).toHaveLength(1);
  });

  it("lies beside the stack, private and out of version control, with the passphrase that was generated once and said so", async () => {
    const up = await scenario.run("up", ["--yes"], { GATEHOUSE_ADA_PASSWORD: PASSWORD });
    expect(up.exitCode).toBe(0);
    const login = await scenario.server.api("POST", "/v1/login", { email: "ada@acme.example", password: PASSWORD }, null);
    expect(login.status).toBe(200);

    const own = join(scenario.folder, ".gatehouse");
    expect(readFileSync(join(own, ".gitignore"), "utf8")).toBe("*\n");
    expect(statSync(join(own, "passphrase")).mode & 0o777).toBe(0o600);
    expect(scenario.said.join("").match(/Generated a passphrase/g)).toHaveLength(1);
    expect(scenario.said.join("")).not.toContain(readFileSync(join(own, "passphrase"), "utf8").trim());
    expect(existsSync(join(own, "state"))).toBe(true);
  });

  it("holds no secret that was given by reference, and a preview does not need its variable", async () => {
    expect(scenario.filesWith(PASSWORD)).toEqual([]);
    expect(scenario.filesWith(scenario.server.token)).toEqual([]);
    expect(await scenario.run("preview", ["--expect-no-changes"])).toMatchObject({ exitCode: 0, stdout: "No changes.\n" });
  });

  it("of another name, and of another --stack, is never touched", async () => {
    scenario.declare(HEAD.replace("acme", "other"));
    const drift = await scenario.run("drift");
    expect(drift).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("other/dev: was never applied") });
    await scenario.up();
    expect((await scenario.run("destroy", ["--yes"])).exitCode).toBe(0);
    scenario.declare(HEAD + MEMBER);
    expect(await scenario.run("destroy", ["--yes", "--stack", "prod"])).toMatchObject({ exitCode: 2 });
    expect(await scenario.object("/v1/members", "user", "ada@acme.example")).toMatchObject({ role: "admin" });
    expect((await scenario.run("preview", ["--expect-no-changes"])).exitCode).toBe(0);
  });

  it("lies where the environment says, also in CI", async () => {
    const folder = mkdtempSync(join(tmpdir(), "backend-"));
    mkdirSync(folder, { recursive: true });
    const ci = { CI: "1", PULUMI_BACKEND_URL: pathToFileURL(folder).href, PULUMI_CONFIG_PASSPHRASE: "only for this test" };
    scenario.declare(`${HEAD.replace("acme", "in-ci")}environmentLimits: { production: { monthlyUsd: 5 } }`);
    expect((await scenario.run("up", ["--yes"], ci)).exitCode).toBe(0);
    expect(await scenario.objects("/v1/environment-limits")).toHaveLength(1);
    expect(readdirSync(folder, { recursive: true }).map(String)).toContain(join(".pulumi", "stacks", "in-ci", "dev.json"));
    expect((await scenario.run("destroy", ["--yes"], ci)).exitCode).toBe(0);
    expect(await scenario.objects("/v1/environment-limits")).toEqual([]);
  });
});
