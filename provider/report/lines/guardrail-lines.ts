import type { Section } from "../report.js";
import { type SeverityRuleName, severityBy } from "../severity.js";
import { stops, type ToldViolation } from "../violations.js";
import type { Context } from "./context.js";
import type { Telling } from "./telling.js";

/** What the guardrails say: what stops the run, what is excepted, and what is advice. */
export function guardrailLines({ violations }: Context): readonly Telling[] {
  return violations.map((violation): Telling => {
    const { rule, kind, name, message, position, pack } = violation;
    const { section, severity, details } = toldAs(violation);
    return {
      line: {
        section,
        severity: severityBy(severity),
        text: message,
        object: name,
        kind,
        values: [],
        details,
        ...(position === undefined ? {} : { place: position }),
        rule: pack === undefined ? rule : `${rule} of ${pack}`,
      },
      tells: [],
    };
  });
}

interface ToldAs {
  readonly section: Section;
  readonly severity: SeverityRuleName;
  readonly details: readonly string[];
}

function toldAs(violation: ToldViolation): ToldAs {
  const { exception, level } = violation;
  if (stops(violation)) return { section: "stopped", severity: "guardrail-stops", details: [] };
  if (exception !== undefined)
    return { section: "approvals", severity: "advice", details: [`excepted until ${exception.until}: ${exception.reason}`] };
  return { section: "advice", severity: "advice", details: level === "remediate" ? ["it is mended on the way"] : [] };
}
