import type { KindSupport } from "../../../provider/adapters/adapter.js";
import { isRecord, type Values } from "../../../provider/lifecycle/values.js";
import { type Field, type Fields, holdsSecret } from "../../../schema/field.js";

/** A field that is given as one value; members of described objects stand one by one. */
export interface Leaf {
  /** Dotted. */
  readonly path: string;
  readonly field: Field;
}

/** All that may be given, members of described objects one by one. */
export function leavesOf(fields: Fields, prefix = ""): readonly Leaf[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    if (field.flags.computed) return [];
    return field.fields === undefined ? [{ path: `${prefix}${name}`, field }] : leavesOf(field.fields, `${prefix}${name}.`);
  });
}

/** The values with this one in its place. Objects on the way are made where there are none. */
export function withValue(values: Values, path: string, value: unknown): Values {
  const [name = "", ...rest] = path.split(".");
  if (rest.length === 0) return { ...values, [name]: value };
  const inner = values[name];
  return { ...values, [name]: withValue(isRecord(inner) ? inner : {}, rest.join("."), value) };
}

/** The values that a control plane shows, each as JSON by its dotted path. */
export function shown(fields: Fields, values: Values, prefix = ""): ReadonlyMap<string, string> {
  const entries = Object.entries(values).flatMap(([name, value]): (readonly [string, string])[] => {
    const field = fields[name];
    if (field === undefined || field.flags.local || field.flags.createOnly || field.flags.secret) return [];
    if (field.fields !== undefined && isRecord(value)) return [...shown(field.fields, value, `${prefix}${name}.`)];
    return holdsSecret(field) ? [] : [[`${prefix}${name}`, JSON.stringify(value)]];
  });
  return new Map(entries);
}

/** Paths at which two sets of shown values are not the same. */
export function differing(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path));
}

/** True when the system has the field. What only the state keeps of a kind it has not. */
export function isCovered({ has }: KindSupport, path: string): boolean {
  return has === undefined || has.some((one) => path === one || path.startsWith(`${one}.`));
}
