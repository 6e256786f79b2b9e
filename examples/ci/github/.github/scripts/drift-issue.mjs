/**
 * Keeps one issue that is open while there is drift. It holds numbers and a link, and no text from the control plane: whoever may name
 * an object there could else write into the repository.
 */
import { readFileSync } from "node:fs";

const { GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID, GITHUB_SERVER_URL, GITHUB_TOKEN } = process.env;
const LABEL = "gatehouse-drift";

async function call(method, path, body) {
  const headers = { accept: "application/vnd.github+json", authorization: `Bearer ${GITHUB_TOKEN}` };
  const request = { method, headers, redirect: "error", ...(body && { body: JSON.stringify(body) }) };
  const answer = await fetch(`${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}${path}`, request);
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}`);
  return answer.json();
}

const { exitCode, drifted, unmanaged, findings, aged } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const run = `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`;
const [open] = await call("GET", `/issues?state=open&labels=${LABEL}`);
if (exitCode === 7) {
  const title = "Gatehouse: the control plane is not as it was applied";
  const body = `${drifted.length} objects differ from what was applied, ${unmanaged.length} are not declared, ${findings.length + aged.length} need a look. [What was found](${run})`;
  if (open) await call("PATCH", `/issues/${open.number}`, { body });
  else await call("POST", "/issues", { title, body, labels: [LABEL] });
} else if (open) {
  await call("PATCH", `/issues/${open.number}`, { state: "closed", state_reason: "completed" });
}
