import type { Field, Fields } from "../../schema/field.js";
import { hasUnknown } from "./unknown.js";

export type Values = Readonly<Record<string, unknown>>;

/** Control planes do not tell an absent value from an empty one, so neither does a comparison. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** A value in the one form that is stored and compared: sorted where order means nothing, without undefined members. */
export function canonical(field: Field, value: unknown): unknown {
  if (hasUnknown(value) || value === undefined || value === null) return value;
  if (Array.isArray(value)) {
    const items = field.items ? value.map((v) => canonical(field.items as Field, v)) : value;
    return field.flags.unordered ? items.toSorted(byText) : items;
  }
  if (typeof value === "object") {
    const entries = Object.entries(value).filter(([, v]) => v !== undefined && v !== null);
    return Object.fromEntries(entries.map(([name, v]) => [name, canonical(memberField(field, name), v)]));
  }
  return value;
}

function memberField(field: Field, name: string): Field {
  return field.fields?.[name] ?? field.items ?? { schema: {}, flags: {} };
}

function byText(a: unknown, b: unknown): number {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** True when both mean the same to a control plane. */
export function sameValue(field: Field, a: unknown, b: unknown): boolean {
  if (isEmpty(a) && isEmpty(b)) return true;
  return comparable(field, a) === comparable(field, b);
}

function comparable(field: Field, value: unknown): string {
  const form = JSON.stringify(sortKeys(canonical(field, value)));
  return field.flags.caseInsensitive && typeof value === "string" ? form.toLowerCase() : form;
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, v]) => [name, sortKeys(v)]),
  );
}

/**
 * The observed value as far as the declaration speaks of it: members of an object that nobody declared are not managed and do
 * not drift. When both mean the same, the declared spelling stands.
 */
export function observedAs(field: Field, declared: unknown, observed: unknown): unknown {
  if (sameValue(field, declared, observed)) return declared;
  if (!field.fields || !isRecord(declared)) return canonical(field, observed);
  const seen = isRecord(observed) ? observed : {};
  return Object.fromEntries(
    Object.entries(declared).flatMap(([name, value]) => {
      const now = observedAs(memberField(field, name), value, seen[name]);
      return now === undefined || now === null ? [] : [[name, now]];
    }),
  );
}

/**
 * What to send so that `observed` becomes `desired`: a merge in which null clears. `former` is what was declared before: what it
 * names and `desired` no longer does is cleared; what neither names is left alone. Undefined when there is nothing to change.
 */
export function changeTo(field: Field, desired: unknown, observed: unknown, former: unknown): unknown {
  if (desired === undefined || desired === null) return isEmpty(former) || isEmpty(observed) ? undefined : null;
  if (!field.fields || !isRecord(desired)) return sameValue(field, desired, observed) ? undefined : replacement(field, desired, observed);
  const seen = isRecord(observed) ? observed : {};
  const before = isRecord(former) ? former : {};
  const changes: Record<string, unknown> = {};
  for (const name of new Set([...Object.keys(desired), ...Object.keys(before)])) {
    const change = changeTo(memberField(field, name), desired[name], seen[name], before[name]);
    if (change !== undefined) changes[name] = change;
  }
  return Object.keys(changes).length === 0 ? undefined : changes;
}

/** A map is declared whole, and a merge only adds: what must go is named with null. */
function replacement(field: Field, desired: unknown, observed: unknown): unknown {
  if (!isRecord(desired) || !isRecord(observed) || !field.items) return desired;
  const gone = Object.keys(observed).filter((name) => !Object.hasOwn(desired, name));
  return { ...desired, ...Object.fromEntries(gone.map((name) => [name, null])) };
}

/** The fields in which an object differs from what was declared. */
export function differences(fields: Fields, declared: Values, observed: Values): readonly string[] {
  return Object.keys(declared).filter((name) => {
    const field = fields[name];
    return field !== undefined && !sameValue(field, declared[name], observedAs(field, declared[name], observed[name]));
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
