import { endsInView, isTold } from "../../../provider/ends/index.js";
import { judgeGates } from "../../../provider/gates/index.js";
import type { Step } from "../../../provider/plan/changes.js";
import { effectiveAccess } from "../../../provider/report/access/index.js";
import { reportOf } from "../../../provider/report/build-report.js";
import type { Report, ReportLine } from "../../../provider/report/report.js";
import type { ReportInput } from "../../../provider/report/report-input.js";
import { type Sources, viewAfter, viewBefore } from "../../../provider/report/views.js";
import { type Around, factsOf, TODAY } from "../../gates/support/plan.js";

export interface Plan
  extends Around,
    Partial<Pick<ReportInput, "violations" | "findings" | "ends" | "failures" | "gates" | "placeOf" | "made">> {
  /** By logical name, the logical names of the objects that a property takes its value from. */
  readonly sources?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Everything that a report of this plan is made of, the gates and effective access as they really judge it. */
export function inputOf(
  steps: readonly Step[],
  { sources = {}, live: listed = [], actor, operation: asked = "up", system = "gatehouse", ...plan }: Plan = {},
): ReportInput {
  const facts = factsOf(steps, { live: listed, operation: asked, system, ...(actor === undefined ? {} : { actor }) });
  const { changes, live, operation } = facts;
  const urns = urnSources(steps, sources);
  return {
    project: "acme",
    stack: "dev",
    operation,
    changes,
    live,
    violations: [],
    gates: judgeGates(facts),
    accessBefore: effectiveAccess(viewBefore(changes, urns), { today: TODAY }),
    accessAfter: effectiveAccess(viewAfter(changes, urns), { today: TODAY }),
    findings: [],
    ends: endsInView(viewAfter(changes, urns), TODAY).filter(isTold),
    failures: [],
    placeOf: () => undefined,
    made: {},
    today: TODAY,
    ...plan,
  };
}

export function reportOfPlan(steps: readonly Step[], plan: Plan = {}): Report {
  return reportOf(inputOf(steps, plan));
}

/** The lines of a section: `critical: kim@acme.example gains …`. */
export function linesIn(section: ReportLine["section"], steps: readonly Step[], plan: Plan = {}): readonly string[] {
  return reportOfPlan(steps, plan)
    .lines.filter((line) => line.section === section)
    .map(({ severity, text }) => `${severity}: ${text}`);
}

function urnSources(steps: readonly Step[], sources: NonNullable<Plan["sources"]>): Sources {
  const urns = new Map(steps.map(({ urn }) => [urn.slice(urn.lastIndexOf("::") + 2), urn]));
  return new Map(
    Object.entries(sources).map(([name, from]) => [
      urns.get(name) ?? name,
      Object.fromEntries(Object.entries(from).map(([property, target]) => [property, [urns.get(target) ?? target]])),
    ]),
  );
}
