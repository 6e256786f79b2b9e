import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { answering, json } from "../http/answering-server.js";
import { gatehouse, stackAt } from "../support/gatehouse.js";
import { HEAD } from "./scenario.js";

/** An address that nobody may ask: whoever does gets no answer, and no test passes by luck. */
const NOWHERE = { GATEHOUSE_URL: "http://127.0.0.1:9", GATEHOUSE_TOKEN: "gh_mt_unused" };

describe("the command line", { timeout: 60_000 }, () => {
  test.each([
    ["an unknown command", ["improve", "."]],
    ["an unknown option", ["preview", ".", "--fast"]],
    ["a missing stack", ["preview"]],
    ["a stack that is not there", ["preview", "no/such/stack"]],
    ["a port that is none", ["serve", "--port", "http"]],
    ["a plan that is none", ["serve", "--plan", "gold"]],
  ])("refuses %s with exit code 2", async (_what, args) => {
    const ran = await gatehouse(args);
    expect(ran).toMatchObject({ exitCode: 2, stdout: "" });
    expect(ran.stderr).toMatch(/^error: /);
  });

  test("answers a refused use with --json in one document as well", async () => {
    const unknown = await gatehouse(["preview", ".", "--fast", "--json"]);
    expect(unknown.json()).toMatchObject({ exitCode: 2, error: { code: "invalid-input", message: expect.stringContaining("--fast") } });
    const absent = await gatehouse(["up", "no/such/stack", "--json"]);
    expect(absent.json()).toMatchObject({
      exitCode: 2,
      error: { code: "invalid-input", message: expect.stringContaining("no/such/stack") },
    });
  });

  test.each(["", "validate", "preview", "up", "drift", "refresh", "destroy", "secret", "serve", "schema"])(
    "gatehouse %s --help says what it does and the exit codes",
    async (command) => {
      const ran = await gatehouse([...(command === "" ? [] : [command]), "--help"]);
      expect(ran.exitCode).toBe(0);
      expect(ran.stdout).toContain("Usage: gatehouse");
      expect(ran.stdout).toMatch(/Exit codes: 0 fine, 1 failed, 2 invalid input[\s\S]*7 changes or drift/);
    },
  );

  test("prints the JSON Schema of the stack file, the one that is committed", async () => {
    const { default: committed } = await import("../../schema/stackfile.schema.json", { with: { type: "json" } });
    const ran = await gatehouse(["schema"]);
    expect(ran.exitCode).toBe(0);
    expect(ran.json()).toEqual(committed);
  });
});

describe("up", { timeout: 60_000 }, () => {
  const saved = { version: 1, project: "acme", stack: "prod", stateDigest: "0".repeat(64), changeSetDigest: "0".repeat(64) };

  test.each([
    ["a plan that is not there", ["--plan", "none.json"], "none.json: cannot be read"],
    ["a plan of another stack", ["--plan", "saved.json"], "is the plan of acme/prod, and this is acme/dev"],
    ["a report of a format that it does not know", ["--out", "report.pdf"], "--out does not know the format of report.pdf"],
  ])("refuses %s before it does anything", async (_, options, told) => {
    const folder = stackAt(`${HEAD}projects: { checkout: { name: Checkout AI } }`);
    const place = mkdtempSync(join(tmpdir(), "plan-"));
    writeFileSync(join(place, "saved.json"), JSON.stringify({ ...saved, changes: [], verdict: "safe" }));
    const ran = await gatehouse(["up", folder, "--yes", ...options], NOWHERE, place);
    expect(ran).toMatchObject({ exitCode: 2, stdout: "" });
    expect(ran.stderr).toContain(told);
    expect(readdirSync(folder)).toEqual(["gatehouse.yaml"]);
  });
});

describe("validate", { timeout: 60_000 }, () => {
  it("says that a good stack is good, without a network, a token or a file left behind", async () => {
    await using server = await answering((_request, response) => json(response, 500, {}));
    const folder = stackAt(`${HEAD}projects: { checkout: { name: Checkout AI } }`);
    const ran = await gatehouse(["validate", folder], { GATEHOUSE_URL: server.url });
    expect(ran).toMatchObject({ exitCode: 0, stdout: "acme: 1 object in 1 file, no problems.\n" });
    expect(server.seen).toEqual([]);
    expect(readdirSync(folder)).toEqual(["gatehouse.yaml"]);
  });

  it("names every problem at once, each with its line and column, and so does every other command", async () => {
    const folder = stackAt(`${HEAD}members: { ada@acme.example: 7 }
projects:
  checkout: { nme: Checkout AI }
`);
    for (const command of ["validate", "preview", "up"]) {
      const ran = await gatehouse([command, folder, "--json"], NOWHERE);
      expect(ran.exitCode).toBe(2);
      const { problems } = ran.json<{ error: { problems: { position: { line: number }; message: string }[] } }>().error;
      expect(problems.map(({ position }) => position.line).toSorted()).toEqual([3, 5, 5]);
      expect(ran.stderr).toContain(`${join(folder, "gatehouse.yaml")}:5:`);
      expect(ran.stderr).toContain("did you mean `name`?");
    }
  });
});

describe("a control plane that cannot be had", { timeout: 60_000 }, () => {
  const preview = (environment: Record<string, string>, text = HEAD) => gatehouse(["preview", stackAt(text), "--json"], environment);

  it("because no token is given is exit code 2, with the variable to set", async () => {
    const ran = await preview({ GATEHOUSE_URL: "http://127.0.0.1:9" });
    expect(ran.exitCode).toBe(2);
    expect(ran.json()).toMatchObject({ error: { code: "credential-refused", message: expect.stringContaining("GATEHOUSE_TOKEN") } });
  });

  it("because the token's variable is another secret of the machine is exit code 2, found without a network", async () => {
    const text = HEAD.replace('8787"', '8787", credentials: { token: { env: AWS_SECRET_ACCESS_KEY } }');
    const ran = await gatehouse(["validate", stackAt(text)], { AWS_SECRET_ACCESS_KEY: "not-for-you" });
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain("begins with GATEHOUSE_");
  });

  it("because its origin is not trusted is exit code 2, and no request leaves", async () => {
    const ran = await preview({ GATEHOUSE_TOKEN: "gh_mt_secret" }, HEAD.replace("http://127.0.0.1:8787", "https://gateway.acme.example"));
    expect(ran.exitCode).toBe(2);
    expect(ran.json()).toMatchObject({ error: { message: expect.stringContaining("GATEHOUSE_ORIGINS=https://gateway.acme.example") } });
    const plain = await preview({ GATEHOUSE_TOKEN: "gh_mt_secret" }, HEAD.replace("127.0.0.1:8787", "gateway.acme.example"));
    expect(plain).toMatchObject({ exitCode: 2, stdout: expect.stringContaining("plain http to loopback only") });
  });

  it("because it is down is exit code 1, with the address", async () => {
    const ran = await preview(NOWHERE);
    expect(ran.exitCode).toBe(1);
    expect(ran.json()).toMatchObject({
      error: { code: "unreachable", message: expect.stringContaining("http://127.0.0.1:9/v1/me") },
    });
  });

  it("because it answers in HTML, redirects or does not answer is exit code 1, and the token goes nowhere else", async () => {
    await using elsewhere = await answering((_request, response) => json(response, 200, {}));
    const answers = [
      [/HTML instead of JSON/, (response) => response.end("<p>Sign in")],
      [/redirect \(302\)/, (response) => response.writeHead(302, { location: elsewhere.url }).end()],
      [/no answer in time/, () => {}],
    ] as const satisfies readonly (readonly [RegExp, (response: import("node:http").ServerResponse) => unknown])[];
    for (const [said, answer] of answers) {
      await using server = await answering((_request, response) => void answer(response));
      const ran = await preview({ GATEHOUSE_URL: server.url, GATEHOUSE_TOKEN: "gh_mt_secret", GATEHOUSE_TIMEOUT_MS: "100" });
      expect(ran.exitCode).toBe(1);
      expect(ran.stderr).toMatch(said);
      expect(ran.stderr + ran.stdout).not.toContain("gh_mt_secret");
    }
    expect(elsewhere.seen).toEqual([]);
  });
});
