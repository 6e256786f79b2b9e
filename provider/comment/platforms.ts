import type { ForgePlatform } from "./forge.js";
import { pullRequestOfJob } from "./github-job.js";

export const FORGES = ["github", "gitlab"] as const;
export type ForgeName = (typeof FORGES)[number];

/** The clients are loaded when they are needed: no other command pays for them. */
export const PLATFORMS: Readonly<Record<ForgeName, ForgePlatform>> = {
  github: {
    title: "GitHub",
    limitCharacters: 65_536,
    tokenVariable: "GITHUB_TOKEN",
    apiVariable: "GITHUB_API_URL",
    defaultApi: "https://api.github.com",
    permission:
      "Give the job `permissions: pull-requests: write`. The token of a pull request from a fork only reads: there, leave the comment out; the job summary is written all the same.",
    variables: "GITHUB_REPOSITORY, and GITHUB_REF (refs/pull/N/merge) or GITHUB_EVENT_PATH",
    isAt: (environment) => environment.GITHUB_ACTIONS === "true" || environment.GITHUB_REPOSITORY !== undefined,
    repositoryIn: (environment) => environment.GITHUB_REPOSITORY || undefined,
    pullRequestIn: pullRequestOfJob,
    repositoryProblem: (repository) => (/^[\w.-]+\/[\w.-]+$/.test(repository) ? undefined : "is not of the form owner/name"),
    open: async (target) => (await import("./github.js")).githubForge(PLATFORMS.github, target),
  },
  gitlab: {
    title: "GitLab",
    limitCharacters: 1_000_000,
    tokenVariable: "GITLAB_TOKEN",
    apiVariable: "CI_API_V4_URL",
    defaultApi: "https://gitlab.com/api/v4",
    permission: "Use a project or group access token with the scope `api` and at least the role Reporter.",
    variables: "CI_MERGE_REQUEST_PROJECT_ID or CI_PROJECT_ID, and CI_MERGE_REQUEST_IID (in pipelines of merge requests)",
    isAt: (environment) => environment.GITLAB_CI === "true" || environment.CI_PROJECT_ID !== undefined,
    // The pipeline of a fork runs in the fork; the merge request is in the project that it wants to change.
    repositoryIn: (environment) => environment.CI_MERGE_REQUEST_PROJECT_ID || environment.CI_PROJECT_ID || undefined,
    pullRequestIn: (environment) => Number(environment.CI_MERGE_REQUEST_IID) || undefined,
    repositoryProblem: (repository) =>
      /^(\d+|[\w.-]+(\/[\w.-]+)+)$/.test(repository) ? undefined : "is neither a project's number nor its full path (group/project)",
    open: async (target) => (await import("./gitlab.js")).gitlabForge(PLATFORMS.gitlab, target),
  },
};
