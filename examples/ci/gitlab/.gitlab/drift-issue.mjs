/**
 * Keeps one issue that is open while there is drift. It holds numbers and a link, and no text from the control plane: whoever may name
 * an object there could else write into the project.
 */
import { readFileSync } from "node:fs";

const { CI_API_V4_URL, CI_JOB_URL, CI_PROJECT_ID, GITLAB_TOKEN } = process.env;
const LABEL = "gatehouse-drift";

async function call(method, path, body) {
  const headers = { "private-token": GITLAB_TOKEN, ...(body && { "content-type": "application/json" }) };
  const request = { method, headers, redirect: "error", ...(body && { body: JSON.stringify(body) }) };
  const answer = await fetch(`${CI_API_V4_URL}/projects/${CI_PROJECT_ID}${path}`, request);
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}`);
  return answer.json();
}

const { exitCode, drifted, unmanaged, findings, aged } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const [open] = await call("GET", `/issues?state=opened&labels=${LABEL}`);
if (exitCode === 7) {
  const title = "Gatehouse: the control plane is not as it was applied";
  const description = `${drifted.length} objects differ from what was applied, ${unmanaged.length} are not declared, ${findings.length + aged.length} need a look. [What was found](${CI_JOB_URL})`;
  if (open) await call("PUT", `/issues/${open.iid}`, { description });
  else await call("POST", "/issues", { title, description, labels: LABEL });
} else if (open) {
  await call("PUT", `/issues/${open.iid}`, { state_event: "close" });
}
