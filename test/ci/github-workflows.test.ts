/** What makes the workflows for GitHub safe to copy. */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findActionlint, lint } from "./actionlint.js";
import { readWorkflow } from "./github-workflow.js";

const FOLDER = join(import.meta.dirname, "../../examples/ci/github/.github/workflows");
const FILES = readdirSync(FOLDER).map((name) => join(FOLDER, name));
const WORKFLOWS = FILES.map((file) => ({ file, text: readFileSync(file, "utf8"), workflow: readWorkflow(file) }));
const JOBS = WORKFLOWS.flatMap(({ workflow }) => Object.entries(workflow.jobs).map(([name, job]) => ({ name, job })));
const STEPS = JOBS.flatMap(({ name, job }) => job.steps.map((step) => ({ name, job, step })));

const { file: actionlint, reason } = await findActionlint();

describe.skipIf(actionlint === undefined)(`actionlint${reason === undefined ? "" : ` (not to be had here: ${reason})`}`, () => {
  it("finds nothing in the workflows", async () => {
    expect(await lint(actionlint ?? "", FILES)).toEqual([]);
  });

  it("would find the title of a pull request inside a script", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "workflow-")), "preview.yml");
    const text = readFileSync(join(FOLDER, "preview.yml"), "utf8");
    writeFileSync(file, text.replace("run: gatehouse validate .", `run: echo "\${{ github.event.pull_request.title }}"`));
    expect(await lint(actionlint ?? "", [file])).toEqual([
      expect.stringContaining('"github.event.pull_request.title" is potentially untrusted'),
    ]);
  });
});

describe("the workflows", () => {
  it("are the three", () => {
    expect(readdirSync(FOLDER).toSorted()).toEqual(["apply.yml", "drift.yml", "preview.yml"]);
  });

  it("pin every action by its full commit, and name the release", () => {
    const uses = WORKFLOWS.flatMap(({ text }) => text.split("\n").filter((line) => /\buses:/.test(line)));
    expect(uses.length).toBeGreaterThan(8);
    for (const line of uses) expect(line).toMatch(/uses: [\w-]+(\/[\w-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    const commits = new Map<string, Set<string>>();
    for (const line of uses) {
      const [, action = "", pin = ""] = /uses: ([^@]+)@(.*)$/.exec(line) ?? [];
      commits.set(action, (commits.get(action) ?? new Set()).add(pin));
    }
    expect([...commits].filter(([, pins]) => pins.size > 1)).toEqual([]);
  });

  it("give no permission to a workflow as a whole, and to a job what it needs", () => {
    for (const { file, workflow } of WORKFLOWS) expect(workflow.permissions, file).toEqual({});
    expect(Object.fromEntries(JOBS.map(({ name, job }) => [name, job.permissions]))).toEqual({
      validate: { contents: "read" },
      preview: { contents: "read", "pull-requests": "write", "security-events": "write" },
      apply: { contents: "read", actions: "read", "pull-requests": "read" },
      drift: { contents: "read", issues: "write" },
    });
  });

  it("leave no token behind in the checkout", () => {
    const checkouts = STEPS.filter(({ step }) => step.uses?.startsWith("actions/checkout@"));
    expect(checkouts).toHaveLength(JOBS.length);
    for (const { step } of checkouts) expect(step.with).toEqual({ "persist-credentials": false });
  });

  it("put no expression into a script", () => {
    for (const { step } of STEPS) expect(step.run ?? "").not.toContain("${{");
  });

  it("run for pull requests without the rights of the base branch", () => {
    const events = WORKFLOWS.map(({ workflow }) => Object.keys(workflow.on as object));
    expect(events).toEqual([["push"], ["schedule", "workflow_dispatch"], ["pull_request"]]);
  });

  it("give every secret to a protected environment alone, and a fork none at all", () => {
    const holders = (secret: string) =>
      STEPS.filter(({ step }) => Object.values(step.env ?? {}).includes(`\${{ secrets.${secret} }}`)).map(({ name, job }) => [
        name,
        job.environment,
      ]);
    const readers = [
      ["drift", "drift"],
      ["preview", "preview"],
    ];
    expect(holders("GATEHOUSE_TOKEN")).toEqual([["apply", "production"]]);
    expect(holders("GATEHOUSE_PREVIEW_TOKEN")).toEqual(readers);
    expect(holders("PULUMI_CONFIG_PASSPHRASE")).toEqual([["apply", "production"], ...readers]);
    const validate = JOBS.find(({ name }) => name === "validate")?.job;
    expect(JSON.stringify(validate)).not.toMatch(/secrets|vars/);
    expect(JOBS.find(({ name }) => name === "preview")?.job.if).toBe("github.event.pull_request.head.repo.full_name == github.repository");
  });

  it("let one run at a time write to the control plane, which no other run pushes out", () => {
    const groups = WORKFLOWS.map(({ workflow }) => [workflow.concurrency?.group, workflow.concurrency?.["cancel-in-progress"]]);
    expect(groups).toEqual([
      ["gatehouse-main", false],
      [undefined, undefined],
      [expect.stringMatching(/^gatehouse-main-preview-\$\{\{ github\.event\.pull_request\.number \}\}$/), true],
    ]);
  });

  it("keep every secret to the step that needs it", () => {
    for (const { name, job } of JOBS) expect(JSON.stringify(job.env ?? {}), name).not.toContain("secrets.");
  });
});
