/** What the commands write where others read it: logs of jobs, files of reports. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { gatehouse, stackAt } from "../support/gatehouse.js";
import { HEAD, startScenario } from "./scenario.js";

const SHAPED = `sk-${"a1B2".repeat(8)}`;
const HOSTILE = `${HEAD}projects:
  checkout: { name: Checkout AI, description: "x\\e[2J\\n::error file=a::it\\n##[add-mask]a" }
  search: { name: Search, description: "the key is ${SHAPED}" }
`;
const KEYS = `${HEAD}projects: { checkout: { name: Checkout AI, keys: { checkout-prod: { environment: production } } } }\n`;

interface Result {
  readonly ruleId: string;
  readonly locations: readonly [
    { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: { readonly startLine: number } } },
  ];
}
const resultsIn = (file: string) => (JSON.parse(readFileSync(file, "utf8")) as { runs: [{ results: Result[] }] }).runs[0].results;

it("No text of a stack file gives the terminal or the runner of a job a command, or shows a secret", { timeout: 120_000 }, async () => {
  await using scenario = await startScenario(HOSTILE);
  for (const options of [["--verbose"], ["--json"]]) {
    const { exitCode, stdout, stderr } = await scenario.run("preview", options, { GITHUB_ACTIONS: "true" });
    expect(exitCode, stderr).toBe(0);
    for (const text of [stdout, stderr]) {
      expect(text).not.toMatch(/^\s*::|##\w*\[|(?!\n)\p{Cc}/mu);
      expect(text).not.toContain(SHAPED);
    }
    // It is there, and can be looked at.
    expect(stdout).toContain("add-mask");
    expect(stdout).toContain("[secret]");
  }
});

it("Files of a preview get the folders that they need, also when the stack is wrong", { timeout: 60_000 }, async () => {
  const folder = stackAt(`${HEAD}projects: { checkout: { nme: Checkout AI } }`);
  const file = join(folder, "new/reports/report.json");
  const ran = await gatehouse(["preview", folder, "--out", file]);
  expect(ran).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("did you mean `name`?") });
  expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({
    failures: [{ message: expect.stringContaining("did you mean `name`?") }],
  });
});

it.each(["preview", "up"])(
  "%s refuses a report of an unknown format before anything else is done",
  { timeout: 60_000 },
  async (command) => {
    const folder = stackAt(KEYS);
    const file = join(folder, "report.foo");
    const ran = await gatehouse([command, folder, "--out", file, "--json"], { GATEHOUSE_URL: "http://127.0.0.1:9" });
    expect(ran.json()).toMatchObject({ exitCode: 2, error: { code: "invalid-input", message: expect.stringContaining("report.foo") } });
    expect([existsSync(file), existsSync(join(folder, ".gatehouse"))]).toEqual([false, false]);
  },
);

it("A gate that stops a preview, an up or a destroy is in its SARIF and its JSON, on its line where it has one", {
  timeout: 240_000,
}, async () => {
  await using scenario = await startScenario(KEYS);
  await scenario.up();
  const sarif = join(scenario.folder, "new/found.sarif");
  const stopped = async (command: string) => {
    const ran = await scenario.run(command, ["--sarif", sarif, "--json", "--yes"]);
    expect(ran.exitCode, ran.stderr).toBe(3);
    const { artifactLocation, region } = endOfKey(resultsIn(sarif), "ruleId").locations[0].physicalLocation;
    expect(artifactLocation.uri).toMatch(/\/gatehouse\.yaml$/);
    const { position } = endOfKey(ran.json<{ gates: { closed: Closed[] } }>().gates.closed, "gate");
    return [region.startLine, position?.line];
  };
  expect(await stopped("destroy")).toEqual([3, 3]);
  scenario.declare(`${HEAD}projects: { checkout: { name: Checkout AI } }\n`);
  // What is no longer declared stands nowhere; SARIF wants a place all the same.
  expect(await stopped("preview")).toEqual([1, undefined]);
  expect(await stopped("up")).toEqual([1, undefined]);
});

interface Closed {
  readonly gate: string;
  readonly position?: { readonly line: number };
}

function endOfKey<Found>(all: readonly Found[], property: keyof Found): Found {
  const found = all.find((one) => one[property] === "production-key-ends");
  if (found === undefined) throw new Error(`no gate saw the end of the key: ${JSON.stringify(all)}`);
  return found;
}
