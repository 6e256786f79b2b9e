import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { bashStep, type StepRan } from "./bash-step.js";
import type { GitRepository } from "./git-repository.js";
import { machineEnvironment } from "./machine.js";

export interface GitlabJob {
  readonly stage: string;
  readonly rules: readonly { readonly if: string }[];
  readonly resource_group?: string;
  readonly environment?: { readonly name: string; readonly action?: string };
  readonly variables?: Readonly<Record<string, string>>;
  readonly script: readonly string[];
  readonly artifacts?: {
    readonly paths: readonly string[];
    readonly when: string;
    readonly reports?: Readonly<Record<string, string>>;
  };
}

export interface Pipeline {
  readonly stages: readonly string[];
  /** By name, in the order of their stages. */
  readonly jobs: ReadonlyMap<string, GitlabJob>;
}

const NO_JOBS = ["workflow", "stages", "default"];

export function readPipeline(file: string): Pipeline {
  const { stages, ...rest } = parse(readFileSync(file, "utf8")) as { stages: string[] } & Record<string, GitlabJob>;
  const jobs = Object.entries(rest).filter(([name]) => !NO_JOBS.includes(name));
  const ordered = jobs.toSorted(([, a], [, b]) => stages.indexOf(a.stage) - stages.indexOf(b.stage));
  return { stages, jobs: new Map(ordered) };
}

export interface GitlabRun {
  readonly repository: GitRepository;
  readonly branch: string;
  /** What GitLab says of the pipeline, and the project's variables. */
  readonly variables: Readonly<Record<string, string>>;
  /** Variables of environments, which only a job of that environment is given. */
  readonly environments: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Folder with the artefacts of all jobs. */
  readonly artefacts: string;
}

/** Names of the jobs that a pipeline has. */
export function jobsOf({ jobs }: Pipeline, variables: Readonly<Record<string, string>>): readonly string[] {
  return [...jobs].filter(([, { rules }]) => rules.some((rule) => holds(rule.if, variables))).map(([name]) => name);
}

/** Runs the jobs of a pipeline one after the other, until one fails. */
export async function runPipeline(pipeline: Pipeline, run: GitlabRun): Promise<readonly (StepRan & { readonly name: string })[]> {
  const ran: (StepRan & { readonly name: string })[] = [];
  for (const name of jobsOf(pipeline, run.variables)) {
    const job = pipeline.jobs.get(name);
    if (job === undefined || ran.some(({ exitCode }) => exitCode !== 0)) break;
    ran.push({ name, ...(await runJob(name, job, run)) });
  }
  return ran;
}

async function runJob(name: string, job: GitlabJob, run: GitlabRun): Promise<StepRan> {
  const folder = run.repository.checkout(run.branch);
  const given: Record<string, string> = { ...run.variables, ...run.environments[job.environment?.name ?? ""] };
  const own = Object.entries(job.variables ?? {}).map(([key, value]) => [key, expanded(value, given)] as const);
  const env = { ...machineEnvironment(), GITLAB_CI: "true", ...Object.fromEntries(own), ...given };
  const done = await bashStep(job.script.join("\n"), folder, env);
  for (const path of job.artifacts?.paths ?? []) {
    if (!existsSync(join(folder, path))) continue;
    mkdirSync(join(run.artefacts, name), { recursive: true });
    cpSync(join(folder, path), join(run.artefacts, name, path), { recursive: true });
  }
  return done;
}

function expanded(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$(\w+)/g, (_, name: string) => variables[name] ?? "");
}

/** A rule's condition: equalities, all of which must hold. */
function holds(condition: string, variables: Readonly<Record<string, string>>): boolean {
  return condition.split(" && ").every((part) => {
    const [, left = "", right = ""] = /^\$(\w+) == (\$\w+|"[^"]*")$/.exec(part) ?? [];
    if (left === "") throw new Error(`unknown condition: ${part}`);
    return variables[left] === (right.startsWith("$") ? variables[right.slice(1)] : right.slice(1, -1));
  });
}
