import { type Concern, type Field, type Fields, flag, type JsonSchema, object, objectSchema, oneOf, text, type ValueOf } from "./field.js";

/** Where objects of a kind stand in a stack file. */
export interface StackFilePlace {
  /** The kind they are nested under, or nothing for the top level. */
  readonly under?: "Project";
  /** Path of keys to the collection (or the single object) below its owner, such as `["routing", "tiers"]`. */
  readonly at: readonly string[];
  /** Field that the entry's own key gives. Absent for a single object. */
  readonly keyField?: string;
  /** Field that a plain string stands for: `ada@acme.example: owner`. */
  readonly shorthand?: string;
}

/** A problem found in the inputs of one object, without any network. */
export interface Problem {
  /** Property that is wrong, dotted (`rates.requestsPerMinute`). */
  readonly property: string;
  /** What is wrong, and what would be right. */
  readonly reason: string;
}

/** Everything that makes a kind. All other code is written for any kind. */
export interface Kind<N extends string = string, F extends Fields = Fields> {
  readonly name: N;
  /**
   * Canonical collection path, `{field}` standing for a reference to the owner. The embedded control plane serves exactly this,
   * below `/v1`.
   */
  readonly path: string;
  /** There is one such object, it is always there, and `path` is its own address. It is adopted and released, never created or deleted. */
  readonly singleton: boolean;
  /** It lives in the state and in reports: no control plane knows it, and nothing is ever sent for it. */
  readonly local: boolean;
  /**
   * Fields that name an object among its siblings, in order of preference; the first whose value is declared is used for look-up. An
   * object with none of them is the only such one among its siblings.
   */
  readonly key: readonly string[];
  /** Reference field within whose value the key is unique, where one list holds the objects of several owners. */
  readonly keyScope?: string;
  /** What is at stake when somebody removes the object, or changes a field that does not say what it is about. Cosmetic when absent. */
  readonly about?: Concern;
  /** A status from which the object does not come back by itself, for kinds whose loss must be decided on by a person. */
  readonly custody?: Custody;
  readonly stackFile: readonly StackFilePlace[];
  readonly fields: F;
  /** What no single field can show. Only called with known values; absent fields are undefined. */
  readonly rules: (inputs: Readonly<Record<string, unknown>>) => readonly Problem[];
}

/**
 * A kind whose objects hold access that somebody may have taken away on purpose. An object that is ended or missing on the
 * server is reported and stays in the state; only raising `renewedBy` makes a new one.
 */
export interface Custody {
  readonly statusField: string;
  /** Status words after which the object gives no access and never will again. `missing` is ours: the server no longer knows it. */
  readonly ended: readonly string[];
  /** The status of an object in good order. */
  readonly healthy: string;
  readonly renewedBy: string;
}

interface KindOptions<F extends Fields> {
  readonly path: string;
  readonly singleton?: boolean;
  readonly local?: boolean;
  readonly key: readonly (string & keyof F)[];
  readonly keyScope?: string & keyof F;
  readonly about?: Concern;
  readonly custody?: Custody;
  readonly stackFile: readonly StackFilePlace[];
  readonly fields: F;
  readonly rules?: (inputs: Readonly<Record<string, unknown>>) => readonly Problem[];
}

/** Declares a kind. */
export function defineKind<const N extends string, const F extends Fields>(name: N, options: KindOptions<F>): Kind<N, F> {
  return { name, singleton: false, local: false, rules: () => [], ...options };
}

/** Inputs and outputs that every kind has besides its own fields. */
export const COMMON_FIELDS = {
  /** What to do when the object exists already: `never` (an error, the default), `ifExists`, or `require`. */
  adopt: oneOf(["never", "ifExists", "require"], { optional: true, local: true }),
  /** What destroying does: `delete` what Gatehouse created (default), `release` what it adopted (default). */
  onDelete: oneOf(["delete", "release"], { optional: true, local: true }),
  /** True when the object was there before Gatehouse managed it. */
  adopted: flag({ computed: true, local: true }),
  /** Who says that the object is as declared, where a person made or changed it at the dashboard. */
  attestation: object(
    {
      /** The person. */
      by: text(),
      /** When the person confirmed it. */
      at: text({ format: "date-time" }),
      /** Digest of the confirmed step. */
      digest: text(),
      /** First digits of the SHA-256 of the secret that was shown once, to recognise it by. */
      fingerprint: text({ optional: true }),
    },
    { computed: true, local: true },
  ),
} as const satisfies Fields;

type IsComputed<D extends Field> = D["flags"] extends { readonly computed: true } ? true : false;
type IsOptional<D extends Field> = D["flags"] extends { readonly optional: true } | { readonly named: true } ? true : false;

/** Properties that a user gives, as plain values. */
export type InputsOf<K extends Kind> = {
  [P in keyof K["fields"] as IsComputed<K["fields"][P]> extends true
    ? never
    : IsOptional<K["fields"][P]> extends true
      ? never
      : P]: ValueOf<K["fields"][P]>;
} & {
  [P in keyof K["fields"] as IsComputed<K["fields"][P]> extends true
    ? never
    : IsOptional<K["fields"][P]> extends true
      ? P
      : never]?: ValueOf<K["fields"][P]>;
};

/** Properties that an object has once it exists. */
export type OutputsOf<K extends Kind> = InputsOf<K> & {
  [P in keyof K["fields"] as IsComputed<K["fields"][P]> extends true ? P : never]: ValueOf<K["fields"][P]>;
};

/** Fields that a user may give, the common ones included. */
export function inputFields(kind: Kind): Fields {
  return Object.fromEntries(Object.entries(allFields(kind)).filter(([, f]) => !f.flags.computed));
}

/** Fields that the control plane assigns, the common ones included, without those that change by themselves. */
export function computedFields(kind: Kind): Fields {
  return Object.fromEntries(Object.entries(allFields(kind)).filter(([, f]) => f.flags.computed && !f.flags.volatile));
}

/** The kind's own fields and the common ones. */
export function allFields(kind: Kind): Fields {
  return { ...kind.fields, ...COMMON_FIELDS };
}

/** Name of the reference field that owns objects of this kind: the `{field}` of its path. */
export function ownerField(kind: Kind): string | undefined {
  return /\{(\w+)\}/.exec(kind.path)?.[1];
}

/** The computed field that repeats the id under the kind's own name: `keyId`, `projectId`. */
export function idField(kind: Kind): string | undefined {
  return Object.keys(kind.fields).find((name) => name.endsWith("Id") && kind.fields[name]?.flags.computed);
}

/** The field whose secret a control plane shows once, for kinds that have one. */
export function revealedField(kind: Kind): string | undefined {
  return Object.keys(kind.fields).find((name) => kind.fields[name]?.flags.revealedOnce);
}

/** The kind with these inputs only, besides what the control plane assigns: dotted names, where one covers all its members. */
export function withFields(kind: Kind, names: readonly string[]): Kind {
  return { ...kind, key: kind.key.filter((name) => covers(names, name)), fields: fieldsNamed(kind.fields, names, "") };
}

function fieldsNamed(fields: Fields, names: readonly string[], prefix: string): Fields {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => {
      const path = `${prefix}${name}`;
      if (field.flags.computed || covers(names, path)) return [[name, field]];
      if (field.fields === undefined || !names.some((one) => one.startsWith(`${path}.`))) return [];
      const members = fieldsNamed(field.fields, names, `${path}.`);
      return [[name, { ...field, fields: members, schema: { ...field.schema, ...objectSchema(members) } }]];
    }),
  );
}

function covers(names: readonly string[], path: string): boolean {
  return names.some((name) => path === name || path.startsWith(`${name}.`));
}

/** JSON Schema of the inputs of a kind. */
export function inputsSchema(kind: Kind): JsonSchema {
  return objectSchema(inputFields(kind));
}
