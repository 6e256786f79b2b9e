/** Fetches the plan that was reviewed: that of the last good preview of the merge request which the pushed commit merged. */
import { writeFileSync } from "node:fs";

const { CI_API_V4_URL, CI_COMMIT_SHA, CI_PROJECT_ID, GITLAB_TOKEN } = process.env;

async function get(path) {
  const headers = { "private-token": GITLAB_TOKEN };
  // Artefacts may lie in a storage elsewhere, where the token must not go: such an answer is followed without it.
  const answer = await fetch(`${CI_API_V4_URL}/projects/${CI_PROJECT_ID}${path}`, { headers, redirect: "manual" });
  const elsewhere = answer.status >= 300 && answer.status < 400 ? answer.headers.get("location") : null;
  const last = elsewhere === null ? answer : await fetch(elsewhere);
  if (!last.ok) throw new Error(`GET ${path} answered ${last.status}`);
  return last.text();
}

const requests = JSON.parse(await get(`/repository/commits/${CI_COMMIT_SHA}/merge_requests`));
const merged = requests.find(({ state }) => state === "merged");
if (!merged) throw new Error(`${CI_COMMIT_SHA} is no merge of a merge request: nobody has reviewed a preview of it`);
const reference = encodeURIComponent(`refs/merge-requests/${merged.iid}/head`);
const plan = await get(`/jobs/artifacts/${reference}/raw/gatehouse-preview/plan.json?job=preview`);
writeFileSync(process.argv[2], plan, { mode: 0o600 });
