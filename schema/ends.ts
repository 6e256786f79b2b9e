import { dayAfter } from "./day-after.js";
import type { EndRule, Field, Fields } from "./field.js";

/** Days before an end within which it is announced: time enough to make another key, or to ask for more time. */
export const NOTICE_DAYS = 14;

/** A declared day with which an object, or an entry of one of its lists, ends. */
export interface DatedEnd {
  /** Where it stands: `expiresAt`, `exceptions.0.until`. */
  readonly property: string;
  /** The values beside it: of the object, or of the entry that ends. */
  readonly beside: Readonly<Record<string, unknown>>;
  /** False for the end of an entry, after which the object goes on. */
  readonly ofObject: boolean;
  /** The day as it is declared, `2026-12-08`, and whether it is the first one without (`on`) or the last one with (`after`). */
  readonly day: string;
  readonly rule: EndRule;
  /** The first day on which it is over, UTC. */
  readonly on: string;
}

/** The first day on which something is over that is declared to end on, or after, a day (`2026-12-08`). */
export function overOn(declared: string, rule: EndRule): string {
  return rule === "on" ? declared.slice(0, 10) : dayAfter(declared, 1);
}

/** Every end in the inputs of an object. A day that only an apply will know is none yet. */
export function endsIn(fields: Fields, inputs: Readonly<Record<string, unknown>>): readonly DatedEnd[] {
  return endsBelow(fields, inputs, "");
}

/** The first day on which an object with these inputs is over; undefined for one without an end. */
export function endOf({ fields }: { readonly fields: Fields }, inputs: Readonly<Record<string, unknown>>): string | undefined {
  return endsIn(fields, inputs).find(({ ofObject }) => ofObject)?.on;
}

function endsBelow(fields: Fields, values: Readonly<Record<string, unknown>>, prefix: string): readonly DatedEnd[] {
  return Object.entries(fields).flatMap(([name, field]) => endsAt(field, values[name], values, `${prefix}${name}`));
}

function endsAt(field: Field, value: unknown, beside: DatedEnd["beside"], property: string): readonly DatedEnd[] {
  const { ends } = field.flags;
  if (ends !== undefined && isDay(value)) {
    return [{ property, beside, ofObject: !property.includes("."), day: value.slice(0, 10), rule: ends, on: overOn(value, ends) }];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => (field.items === undefined ? [] : endsAt(field.items, item, {}, `${property}.${index}`)));
  }
  if (field.fields === undefined || typeof value !== "object" || value === null) return [];
  return endsBelow(field.fields, value as Readonly<Record<string, unknown>>, `${property}.`);
}

function isDay(value: unknown): value is string {
  return typeof value === "string" && /^\d{4}-\d{2}-\d{2}/.test(value);
}
