import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type ForgeOptions, openForge, postComment } from "../../provider/comment/index.js";
import { startGithub } from "./fake-github.js";
import { NO_SECRETS, previewOf } from "./previews.js";

const TOKEN = "ghs-token-of-the-job";
const GITHUB = { GITHUB_ACTIONS: "true", GITHUB_REPOSITORY: "acme/gateway", GITHUB_REF: "refs/pull/7/merge", GITHUB_TOKEN: TOKEN };
const GITLAB = { GITLAB_CI: "true", CI_PROJECT_ID: "42", CI_MERGE_REQUEST_IID: "7", GITLAB_TOKEN: "glpat-token-of-the-bot" };

function eventFile(event: unknown): string {
  const file = join(mkdtempSync(join(tmpdir(), "event-")), "event.json");
  writeFileSync(file, JSON.stringify(event));
  return file;
}

describe("the pull request that is commented", () => {
  it.each([
    ["the ref of the job", { GITHUB_REF: "refs/pull/7/merge" }, {}],
    ["the event of a pull request", { GITHUB_REF: "refs/heads/main" }, { pull_request: { number: 7 } }],
    ["a remark on a pull request", { GITHUB_REF: "refs/heads/main" }, { issue: { number: 7, pull_request: {} } }],
    ["the workflow that ran before", { GITHUB_REF: "refs/heads/main" }, { workflow_run: { pull_requests: [{ number: 7 }] } }],
  ])("is known from %s", async (_, environment, event) => {
    await using server = await startGithub();
    const all = { ...GITHUB, GITHUB_API_URL: server.url, ...environment, GITHUB_EVENT_PATH: eventFile(event) };
    await postComment(await openForge(undefined, {}, all), previewOf(), NO_SECRETS);
    expect(server.comments).toHaveLength(1);
  });

  it("is the one that the options name, before anything that the job says", async () => {
    await using server = await startGithub();
    const options = { repository: "acme/gateway", pullRequest: 7, apiUrl: server.url };
    const environment = { GITHUB_TOKEN: TOKEN, GITHUB_REPOSITORY: "other/one", GITHUB_REF: "refs/pull/9/merge" };
    await postComment(await openForge("github", options, environment), previewOf(), NO_SECRETS);
    expect(server.comments).toHaveLength(1);
  });

  it.each<[string, ForgeOptions, Record<string, string>, string]>([
    ["outside of any job", {}, {}, "this job is neither one of GitHub Actions nor one of GitLab CI"],
    ["for a push", {}, { ...GITHUB, GITHUB_REF: "refs/heads/main" }, "the number of the pull request is not known"],
    [
      "for an issue",
      {},
      { ...GITHUB, GITHUB_REF: "x", GITHUB_EVENT_PATH: eventFile({ issue: { number: 7 } }) },
      "the number of the pull request is not known",
    ],
    [
      "with an event that cannot be read",
      {},
      { ...GITHUB, GITHUB_REF: "x", GITHUB_EVENT_PATH: "nowhere.json" },
      "the number of the pull request is not known",
    ],
    ["in the pipeline of a branch", {}, { GITLAB_CI: "true", CI_PROJECT_ID: "42" }, "the number of the pull request is not known"],
    ["for a repository that leads elsewhere", { repository: "acme/../x" }, GITHUB, "the repository is not of the form owner/name"],
    ["for a project that is none", { repository: "gateway" }, GITLAB, "the repository is neither a project's number nor its full path"],
    ["for an address in clear", { apiUrl: "http://git.acme.example/api/v3" }, GITHUB, "is neither https nor on this machine"],
    ["for an address with a password", { apiUrl: "https://me:pass@git.acme.example" }, GITHUB, "holds a user or password"],
    ["for an address that is none", { apiUrl: "git.acme.example" }, GITHUB, "the address of the API is not a URL"],
  ])("is not guessed %s: that is invalid input", async (_, options, environment, what) => {
    await expect(openForge(undefined, options, environment)).rejects.toMatchObject({
      code: "invalid-input",
      exitCode: 2,
      message: expect.stringContaining(what),
    });
  });

  it("is refused with everything that is missing at once", async () => {
    await expect(openForge("github", { apiUrl: "ftp://x" }, {})).rejects.toMatchObject({
      message: expect.stringMatching(
        /repository is not known; the number of the pull request is not known; the address of the API is neither/,
      ),
    });
  });

  it.each([
    ["github" as const, GITHUB, "GITHUB_TOKEN"],
    ["gitlab" as const, GITLAB, "GITLAB_TOKEN"],
  ])("on %s needs the token of its variable, and no other", async (forge, environment, variable) => {
    await expect(openForge(forge, {}, { ...environment, [variable]: "" })).rejects.toMatchObject({
      code: "credential-refused",
      exitCode: 2,
      message: expect.stringContaining(variable),
    });
  });
});
