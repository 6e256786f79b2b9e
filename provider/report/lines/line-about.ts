import type { ObjectStep } from "../../gates/index.js";
import type { PropertyChange } from "../../plan/changes.js";
import type { ReportLine, Section } from "../report.js";
import { type SeverityRuleName, severityBy } from "../severity.js";
import { shownChanges } from "../shown-values.js";
import type { Context } from "./context.js";
import { namedReferences } from "./named-references.js";
import { isWithin } from "./telling.js";

interface About {
  readonly section: Section;
  readonly rule: SeverityRuleName;
  readonly text: string;
  /** Changed properties that the line shows, with what is in them; all of them when absent. */
  readonly properties?: readonly string[];
  readonly details?: readonly string[];
}

/** A line about the change of one object, with its values and its place. What ends has no new values to compare with. */
export function lineAbout(step: ObjectStep, { section, rule, text, properties, details = [] }: About, context: Context): ReportLine {
  const shown = properties === undefined ? step.properties : changesOf(step, properties);
  const place = placeOf(step, properties === undefined ? undefined : shown[0]?.property, context);
  return {
    section,
    severity: severityBy(rule),
    text,
    object: step.name,
    kind: step.kind,
    ...(step.operation === "same" ? {} : { operation: step.operation }),
    values: step.operation === "delete" ? [] : shownChanges(step.kind, namedReferences(step, shown, context)),
    details: [...(step.endedOn === undefined ? [] : [`it ended on ${step.endedOn}, as declared`]), ...details],
    ...(place === undefined ? {} : { place }),
  };
}

/** Changes of these properties, of what is in them and of what they are in. */
function changesOf(step: ObjectStep, properties: readonly string[]): readonly PropertyChange[] {
  return step.properties.filter(({ property }) => properties.some((one) => isWithin(property, one) || isWithin(one, property)));
}

/** Where the property stands, or the object where the property stands nowhere (any more). */
function placeOf({ name }: ObjectStep, property: string | undefined, context: Context): ReportLine["place"] {
  return (property === undefined ? undefined : context.placeOf(name, property)) ?? context.placeOf(name, undefined);
}
