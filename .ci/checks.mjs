/** The checks that are not tests. As a program: runs them and ends with exit code 1 when one failed. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runQuietly } from "./child.mjs";
import { root } from "./setup.mjs";

/** Those of one lane run one after the other; the lanes run side by side, which is what two cores carry. */
const lanes = [
  [
    { name: "types of sources, tests and examples", run: () => runQuietly("tsc", ["--noEmit", "-p", "test"], root) },
    { name: "generated files are fresh", run: () => runQuietly("node", ["dist/provider/generate.js", "--check"], root) },
  ],
  [
    { name: "the lock file names no registry", run: lockFileNamesNoRegistry },
    {
      name: "format and lint",
      run: () => runQuietly("biome", ["ci", "--colors=off", "--config-path", ".ci/lint.json", "--error-on-warnings", "."], root),
    },
    { name: "unused code and dependencies", run: () => runQuietly("knip", ["--no-progress"], root) },
    { name: "import direction", run: () => runQuietly("depcruise", ["--config", ".ci/import-direction.cjs", "schema", "provider"], root) },
  ],
];

/** Runs all checks and shows each one's outcome; the failed ones with their output. */
export async function runChecks() {
  const outcomes = (await Promise.all(lanes.map(runLane))).flat();
  return { passed: outcomes.filter(Boolean).length, failed: outcomes.filter((passed) => !passed).length };
}

async function runLane(checks) {
  const outcomes = [];
  for (const check of checks) outcomes.push(await runCheck(check));
  return outcomes;
}

async function runCheck({ name, run }) {
  try {
    await run();
    process.stdout.write(`ok: ${name}\n`);
    return true;
  } catch (error) {
    process.stdout.write(`\nFAILED: ${name}\n${error.message}\n\n`);
    return false;
  }
}

async function lockFileNamesNoRegistry() {
  const named = /"resolved": "http[^"]*"/.exec(readFileSync(join(root, "package-lock.json"), "utf8"));
  if (named !== null) {
    throw new Error(`package-lock.json holds ${named[0]}: run npm install --package-lock-only --omit-lockfile-registry-resolved`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { failed } = await runChecks();
  process.exitCode = failed > 0 ? 1 : 0;
}
