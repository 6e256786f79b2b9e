import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bashStep, type StepRan } from "./bash-step.js";
import { filledIn, isTrue } from "./expressions.js";
import { type Hub, type Run, runAction } from "./github-actions.js";
import type { Job } from "./github-workflow.js";
import { machineEnvironment } from "./machine.js";

/** The only condition of a step that the workflows know. */
const EVEN_AFTER_FAILURE = `\${{ !cancelled() }}`;

export interface JobRan {
  readonly failed: boolean;
  readonly skipped: boolean;
  readonly steps: readonly (StepRan & { readonly name: string })[];
}

/** Runs one job: its scripts in bash in their order, and of its actions those that check out, keep and fetch artefacts. */
export async function runJob(job: Job, hub: Hub, run: Run): Promise<JobRan> {
  const github = { repository: "acme/gateway", sha: run.sha, ref: run.ref, token: hub.token, event: run.event };
  if (job.if !== undefined && !isTrue(job.if, { github })) return { failed: false, skipped: true, steps: [] };
  const temp = mkdtempSync(join(tmpdir(), "runner-"));
  const workspace = hub.repository.checkout(run.branch);
  const outputs: Record<string, { outputs: Record<string, string> }> = {};
  const contexts = {
    github: { ...github, workspace },
    runner: { temp },
    vars: hub.vars,
    secrets: { ...hub.secrets, ...hub.environments[job.environment ?? ""] },
    steps: outputs,
  };
  const fill = (values: Readonly<Record<string, unknown>> = {}) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, filledIn(String(value), contexts)]));
  const machine = {
    ...machineEnvironment(),
    GITHUB_ACTIONS: "true",
    GITHUB_API_URL: hub.apiUrl,
    GITHUB_SERVER_URL: "https://github.example",
    GITHUB_REPOSITORY: github.repository,
    GITHUB_REF: run.ref,
    GITHUB_SHA: run.sha,
    GITHUB_RUN_ID: String(run.id),
    GITHUB_WORKSPACE: workspace,
    GITHUB_STEP_SUMMARY: join(temp, "summary.md"),
    RUNNER_TEMP: temp,
  };

  const ran: (StepRan & { name: string })[] = [];
  let failed = false;
  for (const [index, step] of job.steps.entries()) {
    if (step.if !== undefined && step.if !== EVEN_AFTER_FAILURE) throw new Error(`unknown condition: ${step.if}`);
    if (failed && step.if === undefined) continue;
    if (step.uses !== undefined) {
      const outcome = runAction(step.uses, fill(step.with), { workspace, hub, run });
      if (step.id) outputs[step.id] = { outputs: outcome.outputs };
      if (!outcome.done && step["continue-on-error"] !== true) failed = true;
      continue;
    }
    // What it installs is on the machine already.
    if (step.run === undefined || step.run.startsWith("npm install --global ")) continue;
    const file = join(temp, `output-${index}`);
    writeFileSync(file, "");
    const environment = { ...machine, ...fill(job.env), ...fill(step.env), GITHUB_OUTPUT: file };
    // No expression may stand in a script: its value would be taken for code.
    if (step.run.includes("${{")) throw new Error(`an expression inside a script: ${step.run}`);
    const done = await bashStep(step.run, workspace, environment);
    if (step.id) outputs[step.id] = { outputs: outputsIn(file) };
    ran.push({ name: step.name ?? "", ...done });
    failed ||= done.exitCode !== 0;
  }
  return { failed, skipped: false, steps: ran };
}

function outputsIn(file: string): Record<string, string> {
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "");
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
}
