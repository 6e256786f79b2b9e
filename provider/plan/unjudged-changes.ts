import { UNKNOWN } from "../../schema/unknown.js";
import { isRecord, type ObjectChange, type PropertyChange, UNKNOWN_SHOWN } from "./changes.js";

/**
 * What a later plan of the same run would do and the judged one would not, a clause each; empty when all of it was judged. What the
 * judged plan did not know yet may have become anything: gates and guardrails took it for the worst. A part of a judged change is one.
 */
export function unjudgedChanges(judged: readonly ObjectChange[], later: readonly ObjectChange[]): readonly string[] {
  const byUrn = new Map(judged.map((change) => [change.urn, change]));
  return later.flatMap((change) => {
    const beyond = beyondOf(byUrn.get(change.urn), change);
    return beyond === undefined ? [] : [`${change.name}: ${beyond}`];
  });
}

function beyondOf(judged: ObjectChange | undefined, { operation, properties }: ObjectChange): string | undefined {
  if (judged === undefined) return `${operation} is planned now, and was not judged`;
  if (judged.operation !== operation) return `${judged.operation} was judged, and ${operation} is planned now`;
  const others = properties.filter((change) => !judged.properties.some((one) => covers(one, change)));
  return others.length === 0 ? undefined : `${operation} was judged with another ${others.map(({ property }) => property).join(", ")}`;
}

/** A value that was unknown as a whole may turn out to be one with properties of its own. */
function covers(judged: PropertyChange, { property, before, after }: PropertyChange): boolean {
  if (isUnknown(judged.after) && property.startsWith(`${judged.property}.`)) return true;
  return judged.property === property && fits(judged.before, before) && fits(judged.after, after);
}

function fits(judged: unknown, value: unknown): boolean {
  if (isUnknown(judged)) return true;
  if (Array.isArray(judged) && Array.isArray(value))
    return judged.length === value.length && judged.every((item, index) => fits(item, value[index]));
  if (!isRecord(judged) || !isRecord(value)) return judged === value;
  return [...new Set([...Object.keys(judged), ...Object.keys(value)])].every((name) => fits(judged[name], value[name]));
}

function isUnknown(value: unknown): boolean {
  return value === UNKNOWN || value === UNKNOWN_SHOWN;
}
