/**
 * `npm run bench [-- --sizes 100,300,1000]`: the life of stacks of so many objects, on the real engine and the embedded control plane.
 * A table on standard error as it goes, one JSON document on standard output. Ends with 1 when a drift check takes more requests than
 * kinds times parents.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { KIND_LIST } from "../../dist/schema/kinds/index.js";
import { measureAccess } from "./access.mjs";
import { cleanEnvironment, measured, startServer } from "./commands.mjs";
import { measurePacks } from "./packs.mjs";
import { shapeOf, sizeOf, writeStackFolder } from "./stack-folder.ts";

const { values: options } = parseArgs({
  options: { sizes: { type: "string", default: "100,300,1000" }, timeout: { type: "string", default: "900" } },
});
const sizes = options.sizes.split(",").map(Number);
const timeoutMs = Number(options.timeout) * 1000;
if (!sizes.every((size) => Number.isInteger(size) && size >= 40) || !(timeoutMs > 0)) {
  process.stderr.write(
    "usage: npm run bench [-- --sizes 100,300,1000] [--timeout SECONDS]: sizes of 40 and more; the time is for one command\n",
  );
  process.exit(2);
}

/** The revision of the stack that each phase finds declared, and the command that it is. */
const PHASES = [
  { phase: "create", revision: 0, command: (stack) => ["up", stack, "--yes"] },
  { phase: "no-change preview", revision: 0, command: (stack) => ["preview", stack, "--expect-no-changes"] },
  { phase: "drift check", revision: 0, command: (stack) => ["drift", stack] },
  { phase: "update all", revision: 1, command: (stack) => ["up", stack, "--yes"] },
  { phase: "destroy", revision: 1, command: (stack) => ["destroy", stack, "--yes"] },
];

const row = (cells) => `${cells.map((cell, index) => (index === 1 ? String(cell).padEnd(18) : String(cell).padStart(8))).join("  ")}\n`;
const tell = (text) => process.stderr.write(text);

function tellPacks(packs) {
  const { withoutPack, emptyPack, guardrails, report, reportToEngine } = packs;
  tell(`  preview in the engine: ${withoutPack} s without a pack, ${emptyPack} s with an empty one, ${guardrails} s with the guardrails\n`);
  tell(`  gatehouse preview: ${report} s, ${reportToEngine} times the engine's with the guardrails\n`);
  return packs;
}

async function run(size) {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-bench-"));
  const server = await startServer(cleanEnvironment());
  const environment = { ...cleanEnvironment(), GATEHOUSE_TOKEN: server.token };
  const stack = join(folder, "stack");
  const shape = shapeOf(size);
  const objects = sizeOf(shape);
  try {
    const phases = [];
    let packs;
    await server.requestsSince();
    for (const { phase, revision, command } of PHASES) {
      writeStackFolder(stack, server.url, shape, revision);
      const { seconds, peakMemoryMiB } = await measured(command(stack), environment, timeoutMs);
      const sent = await server.requestsSince();
      const requests = { total: sent.length, reads: sent.filter(({ method }) => method === "GET").length };
      const requestsPerObject = Math.round((requests.total / objects) * 100) / 100;
      if (phase === "no-change preview") {
        packs = tellPacks(await measurePacks(stack, environment, timeoutMs));
        await server.requestsSince();
      }
      phases.push({ phase, seconds, requests, requestsPerObject, peakMemoryMiB });
      tell(row([objects, phase, seconds, requests.total, requestsPerObject, peakMemoryMiB ?? "?"]));
    }
    // The organization is the parent of everything that no project owns.
    const driftLimit = KIND_LIST.length * (shape.projects + 1);
    const accessMs = measureAccess(objects);
    tell(`  effective access, its changes and its tables, where everybody reaches everything: ${accessMs} ms\n`);
    return { objects, ...shape, driftRequestLimit: driftLimit, phases, packs, accessMs };
  } finally {
    server.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

tell(row(["objects", "phase", "seconds", "requests", "each", "MiB"]));
const runs = [];
for (const size of sizes) runs.push(await run(size));
const excessive = runs.filter(
  ({ phases, driftRequestLimit }) => phases.find(({ phase }) => phase === "drift check").requests.total > driftRequestLimit,
);
for (const { objects, driftRequestLimit } of excessive) {
  tell(`the drift check of ${objects} objects took more than ${driftRequestLimit} requests (kinds x parents)\n`);
  process.exitCode = 1;
}
const machine = { cores: availableParallelism(), platform: process.platform, node: process.versions.node };
process.stdout.write(`${JSON.stringify({ date: new Date().toISOString().slice(0, 10), machine, runs }, null, 2)}\n`);
