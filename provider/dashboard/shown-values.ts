import type { Field } from "../../schema/field.js";
import type { Kind } from "../../schema/kind.js";
import { type Dialect, toWire } from "../../schema/systems/dialect.js";
import { labelOf, type Values, withoutSecrets } from "./values.js";

/** One value of an object as a person sees it at a dashboard: in the system's own words and units, and without any secret. */
export interface ShownValue {
  readonly label: string;
  readonly value: unknown;
  /** It is a switch that is off where nothing is declared. */
  readonly isSwitch: boolean;
  /** Kind of the object whose id the value is. */
  readonly refersTo?: string;
}

/**
 * The single values of an object by their path, in the order of the kind and in the words of the dialect by which the same values
 * travel over HTTP. Members of described objects stand one by one; a map is one value.
 */
export function shownValues(dialect: Dialect, kind: Kind, values: Values): ReadonlyMap<string, ShownValue> {
  const told = Object.entries(kind.fields).flatMap(([name, field]) => {
    const value = values[name];
    if (value === undefined || value === null) return [];
    const own = dialect.kinds[kind.name]?.fields?.[name];
    const isSwitch = own?.flags !== undefined;
    const refersTo = field.reference?.by === "id" ? field.reference.kind : undefined;
    const written = Object.entries(toWire(dialect, kind, { [name]: withoutSecrets(field, value) }));
    return written.flatMap(([wireName, shown]) =>
      leavesOf(isSwitch ? undefined : field, [wireName], shown).map(({ path, value: leaf }): [string, ShownValue] => [
        path.join("."),
        {
          label: labelOf([
            own?.label ?? wordsOf(path[0] ?? "", refersTo !== undefined),
            ...path.slice(1).map((one) => wordsOf(one, false)),
          ]),
          value: leaf,
          isSwitch,
          ...(refersTo === undefined ? {} : { refersTo }),
        },
      ]),
    );
  });
  return new Map(told);
}

interface Leaf {
  readonly path: readonly string[];
  readonly value: unknown;
}

function leavesOf(field: Field | undefined, path: readonly string[], value: unknown): readonly Leaf[] {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return [];
  const isMap = field !== undefined && field.fields === undefined;
  if (typeof value !== "object" || Array.isArray(value) || isMap) return [{ path, value }];
  return Object.entries(value).flatMap(([name, item]) => leavesOf(memberNamed(field, name), [...path, name], item));
}

/** The member that the dialect writes so. A dialect may put one into another object or call it otherwise: then it is not told. */
function memberNamed(field: Field | undefined, wireName: string): Field | undefined {
  return field?.fields?.[wireName] ?? field?.fields?.[wireName.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())];
}

/** `rate_limit_rpm` and `rateLimitRpm` as words. What a person picks is an object, and not the id by which it is known. */
function wordsOf(name: string, isReference: boolean): string {
  const words = name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll("_", " ")
    .toLowerCase()
    .replace(/\b(usd|ip|url|api|id|rpm|pii|sso)\b/g, (word) => word.toUpperCase());
  return isReference ? words.replace(/ ID$/, "") : words;
}
