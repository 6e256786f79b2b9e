import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { declaredView } from "../policies/declared-view.js";
import { effectiveAccess } from "../report/access/index.js";
import { reportOf } from "../report/build-report.js";
import type { Report } from "../report/report.js";
import { type Sources, viewAfter, viewBefore } from "../report/views.js";
import type { OpenStack } from "./engine-stack.js";
import type { GatedOutcome } from "./gated.js";
import { placeIn, today } from "./guardrails.js";
import type { Target } from "./target.js";

const run = promisify(execFile);

/** What a judged plan does, worst first. `stateDigest` names the state that it was judged on. */
export async function reported(
  stack: OpenStack,
  outcome: GatedOutcome,
  operation: Report["operation"],
  stateDigest: string,
): Promise<Report> {
  const { changeSet, gates, live, violations, findings, failures } = outcome;
  const sources = sourcesIn(stack.target, outcome);
  const access = (view: typeof viewBefore) => effectiveAccess(view(changeSet, sources), { today: today() });
  const commit = await commitOf(stack.target.directory);
  return reportOf({
    project: stack.target.project,
    stack: stack.stackName,
    operation,
    changes: changeSet,
    violations,
    gates,
    accessBefore: access(viewBefore),
    accessAfter: access(viewAfter),
    findings,
    failures,
    live,
    placeOf: placeIn(stack.target),
    made: { stateDigest, ...(commit === undefined ? {} : { commit }) },
    today: today(),
  });
}

/** Where properties take their values from, by URN: the engine's events do not say, and a stack file does. */
function sourcesIn(target: Target, { changeSet }: GatedOutcome): Sources {
  if (target.form !== "stackFile") return new Map();
  const urns = new Map(changeSet.objects.map(({ name, urn }) => [name, urn]));
  return new Map(
    declaredView(target.stack).objects.flatMap(({ name, sources }) => {
      const urn = urns.get(name);
      if (urn === undefined) return [];
      const own = Object.entries(sources).map(([property, names]) => [property, names.flatMap((one) => urns.get(one) ?? [])] as const);
      return [[urn, Object.fromEntries(own)] as const];
    }),
  );
}

/** The commit that is checked out, where the stack is in a Git repository. */
async function commitOf(directory: string): Promise<string | undefined> {
  try {
    return (await run("git", ["-C", directory, "rev-parse", "HEAD"])).stdout.trim();
  } catch {
    return undefined;
  }
}
