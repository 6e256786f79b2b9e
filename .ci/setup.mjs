/**
 * Makes a checkout ready to run: the dependencies, the build, the Pulumi command line. Does what is missing or out of date, says so
 * on standard error, and is quiet and fast otherwise. Plain JavaScript that runs on Node 20 with nothing installed.
 */
import { createHash } from "node:crypto";
import { chmodSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runQuietly } from "./child.mjs";
import { withLock } from "./lock.mjs";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const at = (...parts) => join(root, ...parts);
const digestOf = (...files) => {
  const hash = createHash("sha256");
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(readFileSync(at(file)))
      .update("\0");
  return hash.digest("hex");
};
const stampOf = (file) => (existsSync(at(file)) ? readFileSync(at(file), "utf8") : undefined);
const say = (line) => process.stderr.write(`gatehouse: ${line}\n`);

/** Each step: a file that holds what the step was last done for, what it should hold now, and the work. */
const steps = [
  { stamp: "node_modules/.gatehouse-lock-digest", wanted: () => digestOf("package-lock.json"), work: installDependencies },
  { stamp: "dist/.source-digest", wanted: () => digestOf("package-lock.json", "package.json", "tsconfig.json", ...sources()), work: build },
  { stamp: "node_modules/.gatehouse-pulumi", wanted: presentPulumi, work: findPulumi },
];

const isDone = ({ stamp, wanted }) => stampOf(stamp) === wanted();

/** @throws Error with the output of the step that failed */
export async function setUp() {
  if (steps.every(isDone)) return;
  await withLock(at(".setup-lock"), say, async () => {
    for (const step of steps) {
      if (isDone(step)) continue;
      const wanted = step.wanted();
      const made = await step.work();
      writeFileSync(at(step.stamp), made ?? wanted);
    }
  });
}

function sources() {
  return ["provider", "schema"]
    .flatMap((folder) => readdirSync(at(folder), { recursive: true }).map((file) => join(folder, file)))
    .filter((file) => /\.(ts|json)$/.test(file) && statSync(at(file)).isFile())
    .sort();
}

/**
 * Not with `npm ci`: it refuses a lock file that lacks the binaries of other platforms, which one that was written from a registry
 * mirror of one platform does. This installs what the lock file says as well, and writes neither it nor package.json.
 */
async function installDependencies() {
  say("installing the dependencies with npm");
  await runQuietly("npm", ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"], root);
}

/** Builds beside `dist` and swaps, so that a running command or a second build never sees half a build. */
async function build() {
  say("building");
  const next = `.dist-next-${process.pid}`;
  const old = `.dist-old-${process.pid}`;
  try {
    await runQuietly("tsc", ["-p", ".", "--outDir", next], root);
    markExecutables(next);
    if (existsSync(at("dist"))) renameSync(at("dist"), at(old));
    renameSync(at(next), at("dist"));
  } finally {
    for (const folder of [next, old]) rmSync(at(folder), { recursive: true, force: true });
  }
}

/** The compiler sets no run bit, and the engine starts a policy pack as an executable file. */
function markExecutables(folder) {
  const { bin } = JSON.parse(readFileSync(at("package.json"), "utf8"));
  for (const file of Object.values(bin)) {
    const built = at(folder, file.replace(/^(\.\/)?dist\//, ""));
    if (existsSync(built)) chmodSync(built, 0o755);
  }
}

/** The path that was found last, while there still is such a file. */
function presentPulumi() {
  const found = stampOf("node_modules/.gatehouse-pulumi");
  return found !== undefined && existsSync(found) ? found : "";
}

async function findPulumi() {
  return (await runQuietly("node", ["dist/provider/engine/install.js"], root, { showErrors: true })).trim();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await setUp().catch((error) => {
    say(error.message);
    process.exitCode = 1;
  });
}
