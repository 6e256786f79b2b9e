/** The workflows for GitHub, command by command in their order, on a real repository, engine and control plane. */
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { startGithub } from "../comment/fake-github.js";
import { startTestServer } from "../support/start-server.js";
import { startActionsApi } from "./fake-actions-api.js";
import { GitRepository } from "./git-repository.js";
import type { Hub } from "./github-actions.js";
import { type JobRan, runJob } from "./github-jobs.js";
import { readWorkflow } from "./github-workflow.js";
import { stateFolder } from "./machine.js";
import { applyFirst, readOnlyToken } from "./start-of-a-stack.js";

const EXAMPLE = join(import.meta.dirname, "../../examples/ci/github");
const TOKEN = "ghs-token-of-the-job";
const workflow = (name: string) => readWorkflow(join(EXAMPLE, ".github/workflows", `${name}.yml`));

it("GitHub previews with a token that only reads, applies what was reviewed, and tells drift in one issue", {
  timeout: 240_000,
}, async () => {
  await using server = await startTestServer();
  await using github = await startGithub();
  const repository = new GitRepository(EXAMPLE);
  const settings = { GATEHOUSE_URL: server.url, PULUMI_BACKEND_URL: stateFolder() };
  const passphrase = { PULUMI_CONFIG_PASSPHRASE: "correct horse" };
  await applyFirst(repository.checkout("main"), { ...settings, ...passphrase, GATEHOUSE_TOKEN: server.token });
  const reader = { ...passphrase, GATEHOUSE_PREVIEW_TOKEN: await readOnlyToken(server) };
  const hub: Hub = {
    repository,
    vars: settings,
    secrets: {},
    environments: { preview: reader, drift: reader, production: { ...passphrase, GATEHOUSE_TOKEN: server.token } },
    apiUrl: github.url,
    token: TOKEN,
    artefacts: mkdtempSync(join(tmpdir(), "artefacts-")),
  };

  const head = repository.propose("cheaper", "hourlyUsd: 25", "hourlyUsd: 20");
  const event = { pull_request: { number: 7, head: { repo: { full_name: "acme/gateway" } } } };
  const pull = { id: 11, branch: "cheaper", sha: head, ref: "refs/pull/7/merge", event };
  const { validate, preview } = workflow("preview").jobs;
  expect(succeeded(await runJob(must(validate), { ...hub, vars: {} }, pull))).toEqual(["Validate"]);
  expect(succeeded(await runJob(must(preview), hub, pull))).toEqual(["Preview", "Comment"]);
  expect(github.comments.map(({ body }) => body)).toEqual([expect.stringMatching(/^<!-- gatehouse:acme\/prod -->\n## .*checkout-prod/s)]);
  const kept = join(hub.artefacts, "11/gatehouse-preview");
  for (const file of ["report.json", "report.html", "plan.json", "guardrails.sarif"]) expect(existsSync(join(kept, file)), file).toBe(true);
  expect(readFileSync(join(kept, "plan.json"), "utf8")).not.toContain("correct horse");

  const mergeCommit = repository.merge("cheaper");
  await using api = await startActionsApi(TOKEN, [{ mergeCommit, head, previewRun: 11 }]);
  const main = { id: 12, branch: "main", sha: mergeCommit, ref: "refs/heads/main", event: {} };
  const actions = { ...hub, apiUrl: api.url };
  const { apply } = workflow("apply").jobs;
  expect(succeeded(await runJob(must(apply), actions, main))).toEqual(["Find the preview that was reviewed", "Apply exactly that"]);
  const [key] = (await server.api("GET", "/v1/keys")).body.items;
  expect(key).toMatchObject({ name: "checkout-prod", hourlyUsd: 20 });

  const { drift } = workflow("drift").jobs;
  const night = ["Look for drift", "Tell it in an issue"];
  expect(succeeded(await runJob(must(drift), actions, { ...main, id: 13 }))).toEqual(night);
  expect(api.issues).toEqual([]);
  expect((await server.api("PATCH", `/v1/keys/${key.id}`, { hourlyUsd: 99 })).status).toBe(200);
  expect(succeeded(await runJob(must(drift), actions, { ...main, id: 14 }))).toEqual(night);
  expect(api.issues).toEqual([expect.objectContaining({ state: "open", body: expect.stringContaining("actions/runs/14)") })]);
  expect(JSON.stringify(api.issues)).not.toContain("checkout");
});

it("GitHub applies nothing when somebody else merged after the preview", { timeout: 240_000 }, async () => {
  await using server = await startTestServer();
  await using github = await startGithub();
  const repository = new GitRepository(EXAMPLE);
  const settings = { GATEHOUSE_URL: server.url, PULUMI_BACKEND_URL: stateFolder() };
  const secrets = { PULUMI_CONFIG_PASSPHRASE: "correct horse", GATEHOUSE_TOKEN: server.token, GATEHOUSE_PREVIEW_TOKEN: server.token };
  await applyFirst(repository.checkout("main"), { ...settings, ...secrets });
  const artefacts = mkdtempSync(join(tmpdir(), "artefacts-"));
  const hub = { repository, vars: settings, secrets, environments: {}, apiUrl: github.url, token: TOKEN, artefacts };

  repository.propose("other", "monthlyUsd: 2000", "monthlyUsd: 1900");
  const head = repository.propose("cheaper", "hourlyUsd: 25", "hourlyUsd: 20");
  const event = { pull_request: { number: 7, head: { repo: { full_name: "acme/gateway" } } } };
  succeeded(
    await runJob(must(workflow("preview").jobs.preview), hub, { id: 31, branch: "cheaper", sha: head, ref: "refs/pull/7/merge", event }),
  );
  repository.merge("other");
  const mergeCommit = repository.merge("cheaper");
  await using api = await startActionsApi(TOKEN, [{ mergeCommit, head, previewRun: 31 }]);
  const main = { id: 32, branch: "main", sha: mergeCommit, ref: "refs/heads/main", event: {} };
  const { failed, steps } = await runJob(must(workflow("apply").jobs.apply), { ...hub, apiUrl: api.url }, main);
  expect(failed).toBe(true);
  expect(steps.at(-1)).toMatchObject({
    name: "Apply exactly that",
    stdout: expect.stringContaining("environmentLimits/production: update is planned now, and was not reviewed"),
  });
  expect((await server.api("GET", "/v1/keys")).body.items).toEqual([expect.objectContaining({ hourlyUsd: 25 })]);
});

it("a pull request from a fork is validated and given nothing else", async () => {
  const repository = new GitRepository(EXAMPLE);
  const hub = { repository, vars: {}, secrets: {}, environments: {}, apiUrl: "", token: "", artefacts: "" };
  const event = { pull_request: { number: 8, head: { repo: { full_name: "mallory/gateway" } } } };
  const pull = { id: 21, branch: "main", sha: "", ref: "refs/pull/8/merge", event };
  const { validate, preview } = workflow("preview").jobs;
  expect(succeeded(await runJob(must(validate), hub, pull))).toEqual(["Validate"]);
  expect(await runJob(must(preview), hub, pull)).toEqual({ failed: false, skipped: true, steps: [] });
});

function must<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error("the workflow has no such job");
  return value;
}

/** Names of the steps that ran; fails with everything that they said. */
function succeeded({ failed, steps }: JobRan): readonly string[] {
  if (failed)
    throw new Error(steps.map(({ name, exitCode, stdout, stderr }) => `${name} exited ${exitCode}:\n${stdout}\n${stderr}`).join("\n"));
  return steps.map(({ name }) => name);
}
