import { type Field, type Fields, holdsSecret, memberOf } from "../../schema/field.js";
import { hasUnknown } from "../../schema/unknown.js";

export type Values = Readonly<Record<string, unknown>>;

/** Control planes do not tell an absent value from an empty one, so neither does a comparison. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === "object" && Object.keys(value).length === 0;
}

const UNDESCRIBED: Field = { schema: {}, flags: {} };

function member(field: Field, name: string): Field {
  return memberOf(field, name) ?? UNDESCRIBED;
}

/** A value in the one form that is stored and compared: sorted where order means nothing, without undefined members. */
export function canonical(field: Field, value: unknown): unknown {
  if (hasUnknown(value) || value === undefined || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => canonical(field.items ?? UNDESCRIBED, item));
    return field.flags.unordered ? items.toSorted(byText) : items;
  }
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).filter(([, v]) => v !== undefined && v !== null);
  return Object.fromEntries(entries.map(([name, v]) => [name, canonical(member(field, name), v)]));
}

function byText(a: unknown, b: unknown): number {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** True when both mean the same to a control plane, as far as it shows them: secrets are not compared. */
export function sameValue(field: Field, a: unknown, b: unknown): boolean {
  const [left, right] = [visible(field, a), visible(field, b)];
  if (isEmpty(left) && isEmpty(right)) return true;
  return comparable(field, left) === comparable(field, right);
}

/** The value without the secrets in it, which no control plane shows again. */
export function visible(field: Field, value: unknown): unknown {
  if (field.flags.secret) return undefined;
  if (!holdsSecret(field)) return value;
  if (Array.isArray(value)) return value.map((item) => visible(field.items ?? UNDESCRIBED, item));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, v]) => [name, visible(member(field, name), v)]));
}

function comparable(field: Field, value: unknown): string {
  const form = JSON.stringify(sortKeys(canonical(field, value)));
  return field.flags.caseInsensitive && typeof value === "string" ? form.toLowerCase() : form;
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, v]) => [name, sortKeys(v)]),
  );
}

/**
 * The observed value as far as the declaration speaks of it: members of an object that nobody declared are not managed and do
 * not drift; a map is declared whole. What cannot be seen, and what means the same, stands as declared.
 */
export function observedAs(field: Field, declared: unknown, observed: unknown): unknown {
  const { secret, local, createOnly } = field.flags;
  if (secret || local || createOnly || sameValue(field, declared, observed)) return declared;
  if (!isRecord(declared) || !(field.fields || field.items)) return canonical(field, observed);
  const seen = isRecord(observed) ? observed : {};
  const names = field.fields ? Object.keys(declared) : [...new Set([...Object.keys(declared), ...Object.keys(seen)])];
  return Object.fromEntries(
    names.flatMap((name) => {
      const now =
        declared[name] === undefined
          ? canonical(member(field, name), seen[name])
          : observedAs(member(field, name), declared[name], seen[name]);
      return isEmpty(seen[name]) && !holdsSecret(member(field, name)) ? [] : [[name, now]];
    }),
  );
}

/**
 * What to send so that `observed` becomes `desired`: a merge in which null clears. `former` is what was declared before: what it
 * names and `desired` no longer does is cleared; what neither names is left alone, except in a map, which is declared whole.
 * Secrets are sent, or cleared, when their declaration changed, since nothing else can tell. Undefined when there is nothing to change.
 */
export function changeTo(field: Field, desired: unknown, observed: unknown, former: unknown): unknown {
  if (field.flags.secret) return isSameDeclaration(desired, former) ? undefined : (desired ?? null);
  if (desired === undefined || desired === null) return isEmpty(former) || isEmpty(observed) ? undefined : null;
  const isMap = field.fields === undefined && field.items !== undefined;
  if (!isRecord(desired) || !(field.fields || isMap)) {
    const isKept = sameValue(field, desired, observed) && (!holdsSecret(field) || isSameDeclaration(desired, former));
    return isKept ? undefined : desired;
  }
  const seen = isRecord(observed) ? observed : {};
  const before = isRecord(former) ? former : {};
  const changes: Record<string, unknown> = {};
  for (const name of new Set([...Object.keys(desired), ...Object.keys(before), ...(isMap ? Object.keys(seen) : [])])) {
    const change = changeTo(member(field, name), desired[name], seen[name], isMap ? (before[name] ?? seen[name]) : before[name]);
    if (change !== undefined) changes[name] = change;
  }
  return Object.keys(changes).length === 0 ? undefined : changes;
}

function isSameDeclaration(a: unknown, b: unknown): boolean {
  return JSON.stringify(sortKeys(a)) === JSON.stringify(sortKeys(b));
}

/** The fields in which an object differs from what was declared. */
export function differences(fields: Fields, declared: Values, observed: Values): readonly string[] {
  return Object.keys(declared).filter((name) => {
    const field = fields[name];
    return field !== undefined && !sameValue(field, declared[name], observedAs(field, declared[name], observed[name]));
  });
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value as a message shows it. */
export function shownValue(value: unknown): string {
  return isEmpty(value) ? "absent" : JSON.stringify(value);
}
