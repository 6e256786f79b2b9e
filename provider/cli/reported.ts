import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { StackView } from "../policies/stack-view.js";
import { effectiveAccess } from "../report/access/index.js";
import { reportOf } from "../report/build-report.js";
import type { Report } from "../report/report.js";
import type { UnmanagedObject } from "../report/unmanaged-object.js";
import { viewAfter, viewBefore } from "../report/views.js";
import { today } from "../today.js";
import type { OpenStack } from "./engine-stack.js";
import type { GatedOutcome } from "./gated.js";
import { placeIn } from "./guardrails.js";
import { sourcesInState } from "./sources.js";
import type { StateResource } from "./state.js";
import { stateDigest } from "./state-digest.js";

const run = promisify(execFile);

/** What a judged plan does, worst first. `state` is the one that it was judged on; `unmanaged` is absent where nobody looked. */
export async function reported(
  stack: OpenStack,
  outcome: GatedOutcome,
  operation: Report["operation"],
  state: readonly StateResource[],
  unmanaged?: readonly UnmanagedObject[],
): Promise<Report> {
  const { changeSet, gates, live, violations, findings, failures, ends } = outcome;
  const before = sourcesInState(state);
  const after = new Map([...before, ...(outcome.sources ?? [])]);
  const access = (view: StackView) => effectiveAccess(view, { today: today() });
  const commit = await commitOf(stack.target.directory);
  return reportOf({
    project: stack.target.project,
    stack: stack.stackName,
    operation,
    changes: changeSet,
    violations,
    gates,
    accessBefore: access(viewBefore(changeSet, before)),
    accessAfter: access(viewAfter(changeSet, after)),
    findings,
    ends,
    failures,
    live,
    unmanaged,
    placeOf: placeIn(stack.target),
    made: { stateDigest: stateDigest(state), ...(commit === undefined ? {} : { commit }) },
    today: today(),
  });
}

/** The commit that is checked out, where the stack is in a Git repository. */
async function commitOf(directory: string): Promise<string | undefined> {
  try {
    return (await run("git", ["-C", directory, "rev-parse", "HEAD"])).stdout.trim();
  } catch {
    return undefined;
  }
}
