import { readFileSync } from "node:fs";
import type { Environment } from "../http/settings.js";

interface Event {
  readonly pull_request?: { readonly number?: unknown };
  readonly issue?: { readonly number?: unknown; readonly pull_request?: unknown };
  readonly workflow_run?: { readonly pull_requests?: readonly { readonly number?: unknown }[] };
}

/** Number of the pull request that a job of GitHub Actions runs for, by its ref, else by its event. */
export function pullRequestOfJob({ GITHUB_REF: ref, GITHUB_EVENT_PATH: file }: Environment): number | undefined {
  const ofRef = /^refs\/pull\/(\d+)\//.exec(ref ?? "")?.[1];
  if (ofRef !== undefined) return Number(ofRef);
  const { pull_request: request, issue, workflow_run: run } = eventIn(file);
  const ofIssue = issue?.pull_request === undefined ? undefined : issue.number;
  const number = request?.number ?? ofIssue ?? run?.pull_requests?.[0]?.number;
  return typeof number === "number" ? number : undefined;
}

/** An event that cannot be read says nothing; whoever needs the number says so. */
function eventIn(file: string | undefined): Event {
  if (!file) return {};
  try {
    return (JSON.parse(readFileSync(file, "utf8")) ?? {}) as Event;
  } catch {
    return {};
  }
}
