import * as pulumi from "@pulumi/pulumi";
import { type Field, holdsSecret, memberOf } from "../schema/field.js";
import { allFields, computedFields, type InputsOf, inputFields, type Kind, type OutputsOf } from "../schema/kind.js";
import { govern, governedBy } from "./governed.js";
import { providerString, typeToken } from "./provider-string.js";

/** A value, or an output of another resource, at every depth. */
type DeepInput<T> = pulumi.Input<
  T extends readonly (infer E)[] ? DeepInput<E>[] : T extends object ? { [P in keyof T]: DeepInput<T[P]> } : T
>;

/** What every kind takes besides its own fields. */
export interface CommonArgs {
  /** What to do when the object exists already: `never` (an error, the default), `ifExists`, or `require`. */
  readonly adopt?: "never" | "ifExists" | "require";
  /** What destroying does: `delete` what Gatehouse created (default), `release` what it adopted (default). */
  readonly onDelete?: "delete" | "release";
}

/** Arguments of a resource of a kind. */
export type ArgsOf<K extends Kind> = { [P in keyof InputsOf<K>]: DeepInput<InputsOf<K>[P]> } & CommonArgs;

/** A resource of a kind: each field as an output. */
export type ResourceOf<K extends Kind> = pulumi.CustomResource & {
  readonly [P in keyof OutputsOf<K>]: pulumi.Output<OutputsOf<K>[P]>;
};

export interface ResourceClass<K extends Kind> {
  new (name: string, args: ArgsOf<K>, opts?: pulumi.CustomResourceOptions): ResourceOf<K>;
  /** Read by policy packs to recognise resources of this class. */
  readonly __pulumiType: string;
  isInstance(object: unknown): object is ResourceOf<K>;
}

/** The Pulumi class of a kind. */
export function resourceClass<K extends Kind>(kind: K): ResourceClass<K> {
  const token = typeToken(kind.name);
  const secretOutputs = Object.entries(computedFields(kind)).flatMap(([name, field]) => (field.flags.secret ? [name] : []));

  const Class = class extends pulumi.CustomResource {
    static readonly __pulumiType = token;

    static override isInstance(object: unknown): object is ResourceOf<K> {
      return typeof object === "object" && object !== null && (object as { __pulumiType?: unknown }).__pulumiType === token;
    }

    constructor(name: string, args: ArgsOf<K>, opts: pulumi.CustomResourceOptions = {}) {
      // Every field gets a key, so that each one is an output of the resource also when it is not given.
      const fields = Object.fromEntries(Object.keys(allFields(kind)).map((field) => [field, undefined]));
      const given = { ...namesFrom(kind, name), ...(args as Record<string, unknown>) };
      const inputs = { ...fields, ...withSecretInputs(kind, given), __provider: providerString(kind.name) };
      const before = kind.local ? {} : { dependsOn: [...governedBy()] };
      super(token, name, inputs, pulumi.mergeOptions(opts, { additionalSecretOutputs: secretOutputs, ...before }));
      if (kind.local) govern(this);
    }
  };
  Object.defineProperty(Class, "name", { value: kind.name });
  return Class as unknown as ResourceClass<K>;
}

/**
 * A secret that a program gives by value must be marked, or it would stand in the state in clear. A reference names no secret.
 * What is an Output as a whole is marked as a whole where it holds a secret.
 */
function withSecretInputs(kind: Kind, args: Record<string, unknown>): Record<string, unknown> {
  const fields = inputFields(kind);
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => {
      const field = fields[name];
      return [name, field === undefined ? value : marked(field, value)];
    }),
  );
}

function marked(field: Field, value: unknown): unknown {
  if (value === undefined || value === null || !holdsSecret(field)) return value;
  const isPlain = typeof value === "object" && !pulumi.Output.isInstance(value) && !(value instanceof Promise);
  if (!isPlain) return pulumi.secret(value);
  if (field.flags.secret) return value;
  if (Array.isArray(value)) return value.map((item) => marked(field.items ?? field, item));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, marked(memberOf(field, name) ?? field, item)]));
}

/** Fields that a program may leave to the logical name: the last part of `projects/checkout/keys/checkout-prod`. */
function namesFrom(kind: Kind, logicalName: string): Record<string, string> {
  const last = logicalName.slice(logicalName.lastIndexOf("/") + 1);
  return Object.fromEntries(Object.entries(inputFields(kind)).flatMap(([name, field]) => (field.flags.named ? [[name, last]] : [])));
}
