import { type Closed, GATES, type ObjectStep } from "../../gates/index.js";
import type { ReportLine, Section } from "../report.js";
import { type SeverityRuleName, severityBy } from "../severity.js";
import type { Context } from "./context.js";
import type { Telling } from "./telling.js";

/** What the gates say. They judge a change and do not tell it: what changes stands in the other sections, too. */
export function gateLines(context: Context): readonly Telling[] {
  const { closed, opened } = context.gates;
  const steps = new Map(context.changed.map((step) => [step.name, step]));
  const line = (one: Closed, section: Section, rule: SeverityRuleName, text: string, details: readonly string[]): Telling => ({
    line: {
      section,
      severity: severityBy(rule),
      text,
      object: one.object,
      ...aboutStep(steps.get(one.object)),
      values: [],
      details: [...GATES.filter(({ name }) => name === one.gate).map(({ why }) => why), ...details],
      ...placed(one.object, context),
      rule: one.gate,
      change: one.change,
    },
    tells: [],
  });
  return [
    ...closed.map((one) => line(one, "stopped", "gate-closed", `${one.object}: ${one.what}`, [one.advice])),
    ...opened.map(({ closed: one, approval: { by, until, reason } }) =>
      line(one, "approvals", "gate-opened", `${one.object}: ${one.what}; approved by ${by} until ${until}`, [
        `approved because: ${reason}`,
      ]),
    ),
  ];
}

function aboutStep(step: ObjectStep | undefined): Pick<ReportLine, "kind" | "operation"> {
  return step === undefined || step.operation === "same" ? {} : { kind: step.kind, operation: step.operation };
}

function placed(object: string, { placeOf }: Context): Pick<ReportLine, "place"> {
  const place = placeOf(object, undefined);
  return place === undefined ? {} : { place };
}
