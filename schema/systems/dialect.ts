/** How a system writes what the kinds describe. Pure data and functions, shared by its adapter and its profile. */

import type { Field } from "../field.js";
import type { Kind } from "../kind.js";

export type Values = Readonly<Record<string, unknown>>;

/** One field as a system writes it. */
export interface FieldDialect {
  /** Its name on the wire; the kind's own when absent. */
  readonly name?: string;
  /** What the dashboard calls it, where a page of the vendor says so; made of its name when absent. */
  readonly label?: string;
  /** The system does not write it at all. */
  readonly hidden?: true;
  /** A list of words that the system writes as one yes or no for each, by word. */
  readonly flags?: Readonly<Record<string, string>>;
  readonly toWire?: (value: unknown) => unknown;
  readonly fromWire?: (value: unknown) => unknown;
}

/** One kind as a system writes it. */
export interface KindDialect {
  /** Path of the collection; the kind's own when absent. `{owner}` as there. */
  readonly path?: string;
  /** By the kind's field name. Members of objects keep their names, in the casing of the system. */
  readonly fields?: Readonly<Record<string, FieldDialect>>;
}

export interface Dialect {
  /** Before every path. */
  readonly prefix: string;
  readonly casing: "camel" | "snake";
  readonly kinds: Readonly<Record<string, KindDialect>>;
}

/** The kinds' own words, which the embedded control plane speaks. */
export const CANONICAL: Dialect = { prefix: "/v1", casing: "camel", kinds: {} };

/** Prices per million tokens, written per thousand. */
export const perThousandTokens: Omit<FieldDialect, "name"> = {
  toWire: (value) => (typeof value === "number" ? rounded(value / 1000) : value),
  fromWire: (value) => (typeof value === "number" ? rounded(value * 1000) : value),
};

/** Other words for the same values. What has no other word stays as it is. */
export function words(table: Readonly<Record<string, unknown>>): Omit<FieldDialect, "name"> {
  const back = new Map(Object.entries(table).map(([ours, theirs]) => [theirs, ours]));
  return {
    toWire: (value) => (typeof value === "string" && Object.hasOwn(table, value) ? table[value] : value),
    fromWire: (value) => (back.has(value) ? back.get(value) : value),
  };
}

/** Decimal arithmetic leaves traces (0.00025 * 1000); twelve digits are more than any price has. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}

/** What a kind declares, as the system writes it. Null stays null: it clears. */
export function toWire(dialect: Dialect, kind: Kind, values: Values): Values {
  const fields = dialect.kinds[kind.name]?.fields ?? {};
  const told = Object.entries(values).filter(([name]) => fields[name]?.hidden !== true);
  return Object.fromEntries(
    told.flatMap(([name, value]) => {
      const own = fields[name];
      if (own?.flags !== undefined) return flagsOf(own.flags, value);
      const written = memberNames(kind.fields[name], value, (member) => cased(dialect, member));
      return [[own?.name ?? cased(dialect, name), written === null || own?.toWire === undefined ? written : own.toWire(written)]];
    }),
  );
}

function flagsOf(flags: Readonly<Record<string, string>>, value: unknown): [string, boolean][] {
  return Object.entries(flags).map(([word, wireName]) => [wireName, Array.isArray(value) && value.includes(word)]);
}

/** Lists of words that stand as flags in a body; a body that has none of a list's flags says nothing of it. */
function listsIn(fields: Readonly<Record<string, FieldDialect>>, body: Values): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, { flags = {} }]) => {
      const given = Object.entries(flags).filter(([, wireName]) => body[wireName] !== undefined);
      return given.length === 0 ? [] : [[name, given.flatMap(([word, wireName]) => (body[wireName] === true ? [word] : []))]];
    }),
  );
}

/** What the system wrote, as the kind declares it. Properties that the kind does not know keep the system's values. */
export function fromWire(dialect: Dialect, kind: Kind, body: Values): Values {
  const fields = dialect.kinds[kind.name]?.fields ?? {};
  const ours = new Map(Object.entries(fields).map(([name, field]) => [field.name ?? cased(dialect, name), name]));
  const flags = Object.values(fields).flatMap((field) => Object.values(field.flags ?? {}));
  const plain = Object.fromEntries(
    Object.entries(body)
      .filter(([wireName]) => !flags.includes(wireName))
      .map(([wireName, value]) => {
        const name = ours.get(wireName) ?? uncased(dialect, wireName);
        const read = fields[name]?.fromWire === undefined || value === null ? value : fields[name].fromWire(value);
        return [name, memberNames(kind.fields[name], read, (member) => uncased(dialect, member))];
      }),
  );
  return { ...plain, ...listsIn(fields, body) };
}

/** Path of a kind's collection, with `{owner}` in it where it has one. */
export function collectionPath(dialect: Dialect, kind: { readonly name: string; readonly path: string }): string {
  return dialect.prefix + (dialect.kinds[kind.name]?.path ?? kind.path);
}

function cased(dialect: Dialect, name: string): string {
  return dialect.casing === "snake" ? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) : name;
}

function uncased(dialect: Dialect, name: string): string {
  return dialect.casing === "snake" ? name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()) : name;
}

/** Renames the members of described objects only: the keys of a map are the user's own. */
function memberNames(field: Field | undefined, value: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => memberNames(field?.items, item, rename));
  if (typeof value !== "object" || value === null) return value;
  const described = field?.fields;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      const to = described === undefined ? name : rename(name);
      return [to, memberNames(described === undefined ? field?.items : (described[name] ?? described[to]), item, rename)];
    }),
  );
}
