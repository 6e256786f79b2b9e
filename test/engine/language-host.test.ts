import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { compiled } from "../../provider/engine/package-root.js";
import { pulumiProject } from "./pulumi-project.js";

const PROJECT = "name: hosted\nruntime: nodejs\n";
const GREET_IN_TYPESCRIPT = `
  import * as pulumi from "@pulumi/pulumi";
  const who: string = new pulumi.Config().require("who");
  export const greeting = "hello " + who;`;
const TIMEOUT_MS = 120_000;

const programs = {
  "a JavaScript program": {
    "Pulumi.yaml": PROJECT,
    "package.json": '{ "name": "hosted" }',
    "index.js": 'const pulumi = require("@pulumi/pulumi"); exports.greeting = "hello " + new pulumi.Config().require("who");',
  },
  "a TypeScript program in a CommonJS project": {
    "Pulumi.yaml": PROJECT,
    "package.json": '{ "name": "hosted" }',
    "index.ts": GREET_IN_TYPESCRIPT,
  },
  "a TypeScript program in an ES module project": {
    "Pulumi.yaml": PROJECT,
    "package.json": '{ "name": "hosted", "type": "module" }',
    "index.ts": GREET_IN_TYPESCRIPT,
  },
  "a TypeScript program below another package, named by `main`": {
    "Pulumi.yaml": `${PROJECT}main: programs/greet.ts\n`,
    "package.json": '{ "name": "hosted", "type": "module", "exports": { ".": "./elsewhere.js" } }',
    "programs/greet.ts": GREET_IN_TYPESCRIPT,
  },
};

describe("Node programs run on an engine without its own language host", () => {
  for (const [what, files] of Object.entries(programs)) {
    test(`${what} goes up with its configuration and comes down again`, { timeout: TIMEOUT_MS }, async () => {
      const { pulumi } = await pulumiProject(files);
      await pulumi("config", "set", "who", "Ada");
      expect(await pulumi("up", "--yes")).not.toContain("warning");
      expect((await pulumi("stack", "output", "greeting")).trim()).toBe("hello Ada");
      expect(await pulumi("destroy", "--yes")).toContain("1 deleted");
    });
  }

  test("a program that throws fails the run with its own message and nothing else", { timeout: TIMEOUT_MS }, async () => {
    const { pulumi } = await pulumiProject({ ...programs["a JavaScript program"], "index.js": 'throw new Error("no such tenant");' });
    const failure = await pulumi("preview").then(
      () => "it succeeded",
      (error: { stdout: string; stderr: string }) => error.stdout + error.stderr,
    );
    expect(failure).toContain("Error: no such tenant");
    expect(failure).not.toContain("exit code");
  });

  test("a folder of policies judges the program", { timeout: TIMEOUT_MS }, async () => {
    const { pulumi } = await pulumiProject({
      ...programs["a JavaScript program"],
      "pack/PulumiPolicy.yaml": "runtime: nodejs\nversion: 1.0.0\n",
      "pack/package.json": '{ "name": "pack", "version": "1.0.0", "main": "index.js" }',
      "pack/index.js": `const { PolicyPack } = require("@pulumi/policy");
        new PolicyPack("house", { policies: [{ name: "no-stacks", description: "none", enforcementLevel: "mandatory",
          validateStack: (_, report) => report("stacks are forbidden here") }] });`,
    });
    await pulumi("config", "set", "who", "Ada");
    await expect(pulumi("preview", "--policy-pack", "pack")).rejects.toMatchObject({
      stdout: expect.stringContaining("stacks are forbidden here"),
    });
  });
});

describe("the language host", () => {
  test("prints its port first and ends when the engine is gone", { timeout: TIMEOUT_MS }, async () => {
    const engine = createServer((socket) => socket.end()).listen(0, "127.0.0.1");
    await once(engine, "listening");
    const address = engine.address();
    if (address === null || typeof address === "string") throw new Error("the stand-in engine has no port");
    const folder = await mkdtemp(join(tmpdir(), "host-"));
    const host = spawn(process.execPath, [compiled("provider/engine/language-host/main.js"), `127.0.0.1:${address.port}`], { cwd: folder });
    onTestFinished(() => void host.kill());
    const ended = once(host, "exit");
    const [firstLine] = await once(host.stdout, "data");
    expect(String(firstLine)).toMatch(/^\d+\n$/);
    const socket = connect(Number(String(firstLine)), "127.0.0.1");
    await once(socket, "connect");
    socket.destroy();
    engine.close();
    expect(await ended).toEqual([0, null]);
  });
});
