/** The pipeline for GitLab, command by command in its order, on a real repository, engine and control plane. */
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startGitlab } from "../comment/fake-gitlab.js";
import { startTestServer } from "../support/start-server.js";
import type { StepRan } from "./bash-step.js";
import { startGitlabProject } from "./fake-gitlab-project.js";
import { GitRepository } from "./git-repository.js";
import { type GitlabRun, jobsOf, readPipeline, runPipeline } from "./gitlab-jobs.js";
import { stateFolder } from "./machine.js";
import { applyFirst, readOnlyToken } from "./start-of-a-stack.js";

const EXAMPLE = join(import.meta.dirname, "../../examples/ci/gitlab");
const PIPELINE = readPipeline(join(EXAMPLE, ".gitlab-ci.yml"));
const TOKEN = "glpat-token-of-the-bot";
const MERGE_REQUEST = { CI_PIPELINE_SOURCE: "merge_request_event", CI_MERGE_REQUEST_PROJECT_ID: "42", CI_MERGE_REQUEST_IID: "7" };
const MAIN = { CI_COMMIT_BRANCH: "main", CI_DEFAULT_BRANCH: "main" };

it("GitLab previews with a token that only reads, applies what was reviewed, and tells drift in one issue", {
  timeout: 240_000,
}, async () => {
  await using server = await startTestServer();
  await using notes = await startGitlab();
  const repository = new GitRepository(EXAMPLE);
  const settings = { GATEHOUSE_URL: server.url, PULUMI_BACKEND_URL: stateFolder() };
  const passphrase = { PULUMI_CONFIG_PASSPHRASE: "correct horse" };
  await applyFirst(repository.checkout("main"), { ...settings, ...passphrase, GATEHOUSE_TOKEN: server.token });
  const variables = { ...settings, CI_PROJECT_ID: "42", CI_JOB_URL: "https://gitlab.example/acme/gateway/-/jobs/5", GITLAB_TOKEN: TOKEN };
  const artefacts = mkdtempSync(join(tmpdir(), "artefacts-"));
  const reader = { ...passphrase, GATEHOUSE_PREVIEW_TOKEN: await readOnlyToken(server) };
  const environments = { preview: reader, drift: reader, production: { ...passphrase, GATEHOUSE_APPLY_TOKEN: server.token } };
  const run = (branch: string, more: Record<string, string>): GitlabRun => ({
    repository,
    branch,
    variables: { ...variables, ...more },
    environments,
    artefacts,
  });

  repository.propose("cheaper", "hourlyUsd: 25", "hourlyUsd: 20");
  const proposed = { ...MERGE_REQUEST, CI_MERGE_REQUEST_SOURCE_PROJECT_ID: "42", CI_API_V4_URL: `${notes.url}/api/v4` };
  expect(succeeded(await runPipeline(PIPELINE, run("cheaper", proposed)))).toEqual(["validate", "preview"]);
  expect(notes.comments.map(({ body }) => body)).toEqual([expect.stringMatching(/^<!-- gatehouse:acme\/prod -->\n## .*checkout-prod/s)]);
  const kept = readdirSync(join(artefacts, "preview/gatehouse-preview")).toSorted();
  expect(kept).toEqual(["guardrails.sarif", "plan.json", "report.codequality.json", "report.html", "report.json"]);
  const quality = PIPELINE.jobs.get("preview")?.artifacts?.reports?.codequality ?? "";
  expect(JSON.parse(readFileSync(join(artefacts, "preview", quality), "utf8"))).toContainEqual(
    expect.objectContaining({ location: { path: "gatehouse.yaml", lines: { begin: expect.any(Number) } } }),
  );

  const mergeCommit = repository.merge("cheaper");
  await using gitlab = await startGitlabProject(TOKEN, mergeCommit, artefacts);
  const merged = { ...MAIN, CI_COMMIT_SHA: mergeCommit, CI_API_V4_URL: `${gitlab.url}/api/v4` };
  expect(succeeded(await runPipeline(PIPELINE, run("main", { ...merged, CI_PIPELINE_SOURCE: "push" })))).toEqual(["apply"]);
  const [key] = (await server.api("GET", "/v1/keys")).body.items;
  expect(key).toMatchObject({ name: "checkout-prod", hourlyUsd: 20 });

  const night = run("main", { ...merged, CI_PIPELINE_SOURCE: "schedule" });
  expect((await server.api("PATCH", `/v1/keys/${key.id}`, { hourlyUsd: 99 })).status).toBe(200);
  expect(succeeded(await runPipeline(PIPELINE, night))).toEqual(["drift"]);
  expect(gitlab.issues).toEqual([expect.objectContaining({ state: "opened", description: expect.stringContaining("1 objects differ") })]);
  expect((await server.api("PATCH", `/v1/keys/${key.id}`, { hourlyUsd: 20 })).status).toBe(200);
  expect(succeeded(await runPipeline(PIPELINE, night))).toEqual(["drift"]);
  expect(gitlab.issues.map(({ state }) => state)).toEqual(["closed"]);
});

describe("the pipeline for GitLab", () => {
  it("only validates a merge request from a fork", () => {
    expect(jobsOf(PIPELINE, { ...MERGE_REQUEST, CI_MERGE_REQUEST_SOURCE_PROJECT_ID: "666" })).toEqual(["validate"]);
  });

  it("lets one job at a time reach the control plane", () => {
    const withToken = [...PIPELINE.jobs.values()].filter(({ variables }) => variables?.GATEHOUSE_TOKEN !== undefined);
    expect(withToken.map(({ resource_group: group }) => group)).toEqual(["gatehouse-main", "gatehouse-main", "gatehouse-main"]);
  });

  it("keeps every credential to an environment, and the one that writes to that of production", () => {
    const holders = [...PIPELINE.jobs].map(([name, { environment, variables }]) => [name, environment?.name, variables?.GATEHOUSE_TOKEN]);
    expect(holders).toEqual([
      ["validate", undefined, undefined],
      ["preview", "preview", "$GATEHOUSE_PREVIEW_TOKEN"],
      ["apply", "production", "$GATEHOUSE_APPLY_TOKEN"],
      ["drift", "drift", "$GATEHOUSE_PREVIEW_TOKEN"],
    ]);
  });
});

/** Names of the jobs that ran; fails with everything that they said. */
function succeeded(ran: readonly (StepRan & { readonly name: string })[]): readonly string[] {
  const failed = ran.find(({ exitCode }) => exitCode !== 0);
  if (failed) throw new Error(`${failed.name} exited ${failed.exitCode}:\n${failed.stdout}\n${failed.stderr}`);
  return ran.map(({ name }) => name);
}
