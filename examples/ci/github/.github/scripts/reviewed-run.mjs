/** Names the run whose preview was reviewed: the last good one for the pull request that the pushed commit merged. */
import { appendFileSync } from "node:fs";

const { GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_SHA, GITHUB_TOKEN, GITHUB_OUTPUT } = process.env;

async function get(path) {
  const headers = { accept: "application/vnd.github+json", authorization: `Bearer ${GITHUB_TOKEN}` };
  const answer = await fetch(`${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}${path}`, { headers, redirect: "error" });
  if (!answer.ok) throw new Error(`GET ${path} answered ${answer.status}`);
  return answer.json();
}

const pulls = await get(`/commits/${GITHUB_SHA}/pulls`);
const merged = pulls.find((pull) => pull.merge_commit_sha === GITHUB_SHA && pull.merged_at !== null);
if (!merged) throw new Error(`${GITHUB_SHA} is no merge of a pull request: nobody has reviewed a preview of it`);
const query = new URLSearchParams({ head_sha: merged.head.sha, event: "pull_request", status: "success" });
const { workflow_runs: runs } = await get(`/actions/workflows/preview.yml/runs?${query}`);
if (runs.length === 0) throw new Error(`pull request ${merged.number} has no good preview of its last commit`);
appendFileSync(GITHUB_OUTPUT, `run-id=${runs[0].id}\n`);
