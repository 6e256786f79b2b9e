import { isRecord, type Values } from "../../../provider/lifecycle/values.js";
import type { Field, Fields, JsonSchema } from "../../../schema/field.js";
import { OTHER_SECRET } from "../samples/sample.js";

/** One field changed alone. */
export interface FieldChange {
  /** Dotted. */
  readonly path: string;
  /** Undefined where nothing tells what else the field could be: the sample must. */
  readonly value: unknown;
}

/** By path: the only values that the system knows. */
export type KnownValues = Readonly<Record<string, readonly unknown[]>>;

/**
 * Each field that can be changed in place, alone: to what the sample says, else to another value that its schema allows. An object
 * that was not declared before comes as a whole.
 */
export function fieldChanges(fields: Fields, inputs: Values, changed: Values, known: KnownValues, prefix = ""): readonly FieldChange[] {
  return Object.entries(fields).flatMap(([name, field]): readonly FieldChange[] => {
    const [before, after, path] = [inputs[name], changed[name], `${prefix}${name}`];
    if ((before === undefined && after === undefined) || !isMutable(field)) return [];
    if (field.fields !== undefined && isRecord(before)) {
      return fieldChanges(field.fields, before, isRecord(after) ? { ...before, ...after } : before, known, `${path}.`);
    }
    const isTold = JSON.stringify(before) !== JSON.stringify(after);
    return [{ path, value: isTold ? after : otherValue(field, before, known[path]) }].filter(({ value }) => value !== ONLY_ONE);
  });
}

function isMutable({ flags }: Field): boolean {
  return !(flags.computed || flags.replace || flags.local || flags.createOnly || flags.asserted || flags.renewsSecret);
}

/** Stands for another value where the system knows no other. */
const ONLY_ONE = Symbol("only one");

function otherValue(field: Field, value: unknown, known: readonly unknown[] | undefined): unknown {
  if (field.flags.secret) return OTHER_SECRET;
  const words = known ?? (field.schema.enum as readonly unknown[] | undefined);
  if (words !== undefined && !Array.isArray(value)) return words.length === 1 ? ONLY_ONE : words.find((one) => one !== value);
  if (Array.isArray(value)) return otherList(field, value, known);
  if (field.reference !== undefined) return undefined;
  if (typeof value === "boolean") return !value;
  if (typeof value === "number") return otherNumber(field.schema, value);
  if (isRecord(value)) return field.items && Object.fromEntries(Object.keys(value).map((name) => [`${name}2`, value[name]]));
  return typeof value === "string" ? otherText(field.schema, value) : undefined;
}

function otherList(field: Field, value: readonly unknown[], known: readonly unknown[] | undefined): unknown {
  if (value.length > 1) return value.slice(1);
  const other = field.items === undefined ? undefined : otherValue(field.items, value[0], known);
  return other === undefined || other === ONLY_ONE ? other : [other];
}

function otherNumber({ type, maximum }: JsonSchema, value: number): number {
  const isHighest = typeof maximum === "number" && value + 1 > maximum;
  return isHighest ? (type === "integer" ? value - 1 : value / 2) : value + 1;
}

const OTHERS: Readonly<Record<string, string>> = {
  email: "else@acme.example",
  uri: "https://else.acme.example",
  date: "2031-01-31",
};

function otherText({ format, pattern }: JsonSchema, value: string): string | undefined {
  if (format !== undefined) return OTHERS[String(format)];
  return pattern === undefined ? `${value} 2` : undefined;
}
