/**
 * The vocabulary of fields: each constructor gives a value type, its JSON Schema and its flags in one call.
 * Types, checks, diff, server routes, stack file and documentation are derived from these descriptors.
 */

/** A JSON Schema (draft 2020-12) fragment. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** What the engine must know about a field beyond its type. Each flag names a rule; none names a kind. */
export interface Flags {
  /** May be left out. A field without this flag is required. */
  readonly optional?: boolean;
  /** Assigned by the control plane; never an input. */
  readonly computed?: boolean;
  /** Inputs of which the control plane computes it: what it told before one of them changed says nothing of the time after. */
  readonly computedFrom?: readonly string[];
  /** A changed value replaces the object, because no control plane can change it in place. */
  readonly replace?: boolean;
  /** Never in clear in state, output, log or diff. As an input it is write-only: it never drifts. */
  readonly secret?: boolean;
  /** A secret that the server shows only in the answer that made it; kept from state ever after. */
  readonly revealedOnce?: boolean;
  /** The order of a list means nothing: compared and stored sorted. */
  readonly unordered?: boolean;
  /** Lives in the state and in reports; is never sent to a control plane and never drifts. */
  readonly local?: boolean;
  /** Sent with the creation only; a later change has no effect on the object. */
  readonly createOnly?: boolean;
  /** Compared with the server and never written: a difference is an error, not an update. */
  readonly asserted?: boolean;
  /** Raising this number renews the secret of the object in place; it is not sent as a property. */
  readonly renewsSecret?: boolean;
  /** Changes by itself (use, spend): returned by the server, left out of the state so that it makes no noise. */
  readonly volatile?: boolean;
  /** A program may leave it out: it is then the last part of the resource's logical name, as an entry's key in a stack file. */
  readonly named?: boolean;
  /** Compared without regard to case, as e-mail addresses are. */
  readonly caseInsensitive?: boolean;
  /**
   * A ceiling on money or use, whose raise or removal is judged before it is made. `shared`: it limits others together and nothing of
   * its own object's, so that the end of the object is the end of the ceiling.
   */
  readonly cap?: true | "shared";
  /** Values that end only by another one that is written: to leave the field out after one of them is an error. */
  readonly lasting?: readonly string[];
  /**
   * A day with which the object ends, or the entry of a list that it stands in: `on` that day it is over already, `after` it is its last.
   * Gatehouse ends an object by itself, so that nothing but its inputs may be what others refer to it by.
   */
  readonly ends?: EndRule;
  /** What is at stake when somebody changes it by hand. What the field is made of says it where this is absent. */
  readonly about?: Concern;
}

/** Whether a declared day of end is the first one without, or the last one with. */
export type EndRule = "on" | "after";

/** What can be at stake, the worst first: who may do what, what it costs, whether it answers, how it looks. */
export const CONCERNS = ["security", "money", "availability", "cosmetic"] as const;

export type Concern = (typeof CONCERNS)[number];

/** A reference to an object of another kind. Creation order, deletion order and cascades derive from it. */
export interface Reference {
  /** Name of the kind that is referred to. */
  readonly kind: string;
  /** Property of the target that is written: its `id`, or the field that other objects know it by. */
  readonly by: string;
  /** When true the target need not be declared in the same stack: a value that names none is used as it stands. */
  readonly soft: boolean;
}

/** A described property. `T` is its value type, `F` its flags. */
export interface Field<T = unknown, F extends Flags = Flags> {
  readonly schema: JsonSchema;
  readonly flags: F;
  /** Set on references, and on lists of references. */
  readonly reference?: Reference;
  /** Set on objects with described properties. */
  readonly fields?: Fields;
  /** Set on lists and maps: what they hold. */
  readonly items?: Field;
  /** Carries `T` for the type system; never present at run time. */
  readonly valueType?: T;
}

export type Fields = { readonly [name: string]: Field };

/** The value type of a field. */
export type ValueOf<D> = D extends Field<infer T, Flags> ? T : never;

type Options<F, Limits> = F & Limits & Flags;

/** Separates flags, which the engine reads, from limits, which the JSON Schema states. */
const FLAG_NAMES = [
  "optional",
  "computed",
  "computedFrom",
  "replace",
  "secret",
  "revealedOnce",
  "unordered",
  "local",
  "createOnly",
  "asserted",
  "renewsSecret",
  "volatile",
  "named",
  "caseInsensitive",
  "cap",
  "lasting",
  "ends",
  "about",
] as const satisfies readonly (keyof Flags)[];

function split(options: Readonly<Record<string, unknown>>): { flags: Flags; limits: JsonSchema } {
  const flags: Record<string, unknown> = {};
  const limits: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(options)) {
    if ((FLAG_NAMES as readonly string[]).includes(name)) flags[name] = value;
    else limits[name] = value;
  }
  return { flags, limits };
}

function field<T, F extends Flags>(schema: JsonSchema, options: object): Field<T, F> {
  const { flags, limits } = split(options as Record<string, unknown>);
  return { schema: { ...schema, ...limits }, flags: flags as F };
}

interface TextLimits {
  readonly minLength?: number;
  readonly maxLength?: number;
  /** Regular expression, anchored by its author. */
  readonly pattern?: string;
  readonly format?: "email" | "uri" | "date" | "date-time";
}

/** A string. Empty strings are refused unless `minLength: 0`. */
export function text<const F extends Flags>(options: Options<F, TextLimits> = {} as Options<F, TextLimits>): Field<string, F> {
  return field<string, F>({ type: "string", minLength: 1 }, options);
}

interface NumberLimits {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
}

/** A whole number. */
export function integer<const F extends Flags>(options: Options<F, NumberLimits> = {} as Options<F, NumberLimits>): Field<number, F> {
  return field<number, F>({ type: "integer" }, options);
}

/** A finite number. */
export function number<const F extends Flags>(options: Options<F, NumberLimits> = {} as Options<F, NumberLimits>): Field<number, F> {
  return field<number, F>({ type: "number" }, options);
}

/** An amount in US dollars, zero or more, and so about money. The field's name says so (`monthlyUsd`). */
export function money<const F extends Flags>(options: Options<F, NumberLimits> = {} as Options<F, NumberLimits>): Field<number, F> {
  return field<number, F>({ type: "number", minimum: 0 }, { about: "money", ...options });
}

/** True or false. */
export function flag<const F extends Flags>(options: F = {} as F): Field<boolean, F> {
  return field<boolean, F>({ type: "boolean" }, options);
}

/** A plain JSON value that a schema of its own describes. */
export function json<T, const F extends Flags = Flags>(schema: JsonSchema, options: F = {} as F): Field<T, F> {
  return field<T, F>(schema, options);
}

/** One of a fixed set of words. */
export function oneOf<const V extends readonly string[], const F extends Flags>(values: V, options: F = {} as F): Field<V[number], F> {
  return field<V[number], F>({ type: "string", enum: values }, options);
}

/**
 * One of the known words, or another one that a control plane lets its users define. `definedBy` names the kind that defines them (a
 * custom role), so that it is made first.
 */
export function oneOfOrCustom<const V extends readonly string[], const F extends Flags>(
  values: V,
  options: F & { readonly definedBy?: string } = {} as F,
): Field<V[number] | (string & {}), F> {
  const { definedBy, ...flags } = options;
  const base = field<V[number] | (string & {}), F>({ type: "string", minLength: 1, maxLength: 64, examples: values }, flags);
  return definedBy === undefined ? base : { ...base, reference: { kind: definedBy, by: "name", soft: true } };
}

/** A list of values of one field type. */
export function list<D extends Field, const F extends Flags>(
  items: D,
  options: Options<F, { readonly maxItems?: number }> = {} as Options<F, { readonly maxItems?: number }>,
): Field<ValueOf<D>[], F> {
  const base = field<ValueOf<D>[], F>({ type: "array", items: items.schema }, options);
  const unordered = (base.flags as Flags).unordered ? { uniqueItems: true } : {};
  return { ...base, schema: { ...base.schema, ...unordered }, items, ...(items.reference ? { reference: items.reference } : {}) };
}

/** Values by name. */
export function map<D extends Field, const F extends Flags>(items: D, options: F = {} as F): Field<Record<string, ValueOf<D>>, F> {
  return { ...field<Record<string, ValueOf<D>>, F>({ type: "object", additionalProperties: items.schema }, options), items };
}

/** An object with described properties. Unknown properties are refused. */
export function object<const D extends Fields, const F extends Flags>(fields: D, options: F = {} as F): Field<ObjectOf<D>, F> {
  return { ...field<ObjectOf<D>, F>(objectSchema(fields), options), fields };
}

/** The value type of an object with these fields. */
export type ObjectOf<D extends Fields> = {
  [P in keyof D as D[P]["flags"] extends { readonly optional: true } ? never : P]: ValueOf<D[P]>;
} & {
  [P in keyof D as D[P]["flags"] extends { readonly optional: true } ? P : never]?: ValueOf<D[P]>;
};

/** JSON Schema of an object with these fields. */
export function objectSchema(fields: Fields): JsonSchema {
  const required = Object.entries(fields)
    .filter(([, f]) => !f.flags.optional)
    .map(([name]) => name);
  return {
    type: "object",
    additionalProperties: false,
    properties: Object.fromEntries(Object.entries(fields).map(([name, f]) => [name, f.schema])),
    ...(required.length > 0 ? { required } : {}),
  };
}

/** A reference to another object by its id, or by the field that other objects know it by. */
export function ref<const F extends Flags>(
  kind: string,
  options: F & { readonly by?: string; readonly soft?: boolean } = {} as F,
): Field<string, F> {
  const { by = "id", soft = false, ...flags } = options;
  return { ...field<string, F>({ type: "string", minLength: 1 }, flags), reference: { kind, by, soft } };
}

/** A person, named by e-mail address. The organization's member of that address when the stack declares one. */
export function person<const F extends Flags>(options: F = {} as F): Field<string, F> {
  const base = field<string, F>({ type: "string", format: "email", maxLength: 254 }, { caseInsensitive: true, ...options });
  return { ...base, reference: { kind: "OrganizationMember", by: "user", soft: true } };
}

/** A secret that the user supplies: by value from a program (a Pulumi secret), or by reference. */
export function secret<const F extends Flags>(options: F = {} as F): Field<string | SecretReference, F & { readonly secret: true }> {
  return field<string | SecretReference, F & { readonly secret: true }>(
    { anyOf: [{ type: "string", minLength: 1 }, SECRET_REFERENCE_SCHEMA] },
    { ...options, secret: true },
  );
}

/** Where a secret's value is found when it is needed. The value itself never enters a stack file, an input or the state. */
export type SecretReference = { readonly env: string; readonly version?: number } | { readonly file: string; readonly version?: number };

/** Environment variables that a declaration may name. The prefix keeps a stack file from reading any other secret of the machine. */
export const SECRET_VARIABLE_PATTERN = "^GATEHOUSE_[A-Z0-9_]+$";

export const SECRET_REFERENCE_SCHEMA: JsonSchema = {
  oneOf: [
    {
      type: "object",
      additionalProperties: false,
      required: ["env"],
      properties: {
        env: {
          type: "string",
          pattern: SECRET_VARIABLE_PATTERN,
          description: "Environment variable that holds the value; begins with GATEHOUSE_.",
        },
        version: { type: "integer", minimum: 1, description: "Raise it to send the value again." },
      },
    },
    {
      type: "object",
      additionalProperties: false,
      required: ["file"],
      properties: {
        file: { type: "string", minLength: 1, description: "File below GATEHOUSE_SECRETS_DIR that holds the value." },
        version: { type: "integer", minimum: 1, description: "Raise it to send the value again." },
      },
    },
  ],
};

/** True when the field is a secret, or holds one at any depth. */
export function holdsSecret(field: Field): boolean {
  if (field.flags.secret || (field.items && holdsSecret(field.items))) return true;
  return Object.values(field.fields ?? {}).some(holdsSecret);
}

/** The described member of an object, or what a map or list holds. */
export function memberOf(field: Field, name: string): Field | undefined {
  return field.fields?.[name] ?? field.items;
}
