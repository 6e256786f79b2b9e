/**
 * `npm test`: sets up, runs the checks and the tests, and ends with the line "N passed, N failed", in which each check and each test
 * counts as one. Arguments go to vitest. Plain JavaScript: it starts on Node 20 with nothing installed.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runChecks } from "../.ci/checks.mjs";
import { runInForeground } from "../.ci/child.mjs";
import { ensureChromium } from "../.ci/chromium.mjs";
import { root, setUp } from "../.ci/setup.mjs";

const total = { passed: 0, failed: 0 };
try {
  await setUp();
  await ensureChromium();
  add(await runChecks());
  add(await runTests(process.argv.slice(2)));
} catch (error) {
  process.stdout.write(`${error.message}\n`);
  add({ passed: 0, failed: 1 });
}
process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed > 0 ? 1 : 0;

function add({ passed, failed }) {
  total.passed += passed;
  total.failed += failed;
}

async function runTests(args) {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-test-report-"));
  const report = join(folder, "report.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  try {
    const code = await runInForeground("vitest", ["run", "--config", "test/vitest.config.ts", ...reporters, ...args], root, {
      stdin: "ignore",
    });
    return count(JSON.parse(readFileSync(report, "utf8")), code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A file that could not be loaded holds no tests, and an error outside all tests belongs to none: each is one failure. */
function count(report, code) {
  const broken = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  );
  const failed = report.numFailedTests + broken.length;
  return { passed: report.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
}
