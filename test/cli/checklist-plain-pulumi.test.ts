import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { plainPulumi } from "../support/plain-pulumi.js";

const REPOSITORY = join(import.meta.dirname, "../..");
const ID = "0d2f6f0a-8a3b-4b8e-9a53-6f0d6c8a1b2c";

/** A program folder that has this package installed. */
function programWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "program-"));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(REPOSITORY, join(folder, "node_modules/pulumi-gatehouse"));
  symlinkSync(join(REPOSITORY, "node_modules/@pulumi"), join(folder, "node_modules/@pulumi"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

describe("plain pulumi up on a dashboard", { timeout: 120_000 }, () => {
  it("fails with the step for the person, and records what the person has confirmed", async () => {
    const folder = programWith({
      "Pulumi.yaml": "name: acme\nruntime: nodejs\n",
      "package.json": JSON.stringify({ name: "acme", type: "module", main: "index.js" }),
      "index.js": 'import { StackFile } from "pulumi-gatehouse";\nnew StackFile("acme", { path: "gatehouse.yaml" });\n',
      "gatehouse.yaml":
        "name: acme\ncontrolPlane: { system: floopy, transport: dashboard }\nprojects: { checkout: { name: Checkout AI } }\n",
    });
    const pulumi = await plainPulumi();
    const confirmations = join(folder, "confirmations.yaml");
    const run = (...args: string[]) => pulumi.run(folder, [...args, "--stack", "dev"], { GATEHOUSE_CONFIRMATIONS: confirmations });
    expect((await run("stack", "init")).exitCode).toBe(0);

    const waiting = await run("up", "--yes", "--skip-preview");
    expect(waiting.exitCode).not.toBe(0);
    expect(waiting.output).toContain("a person has to do this at the dashboard first [gatehouse:waiting]");
    expect(waiting.output).toContain("page:   Projects > New Project (https://floopy.ai/docs/features/projects/)");
    expect(waiting.output).toContain("Name: Checkout AI");
    const [, step, digest] = /step: {3}(\S+)\s+digest: (\w+)/.exec(waiting.output) ?? [];
    expect(step).toBe("main:create:Project:checkout");

    writeFileSync(confirmations, JSON.stringify([{ step, digest, id: ID, by: "ada", at: "2026-08-24T12:00:00Z" }]));
    const up = await run("up", "--yes", "--skip-preview");
    expect(up).toMatchObject({ exitCode: 0, output: expect.stringContaining("projects/checkout") });
    expect((await run("stack", "export")).output).toContain(`"id": "${ID}"`);
    expect((await run("preview", "--refresh", "--expect-no-changes")).exitCode).toBe(0);
  });
});
