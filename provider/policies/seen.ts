import type { InputsOf } from "../../schema/kind.js";
import type { KINDS, KindName } from "../../schema/kinds/index.js";

/** Stands in a property that only an apply will know. A rule that needs it says nothing; one that does not still speaks. */
export const UNKNOWN: unique symbol = Symbol("known after apply");
export type Unknown = typeof UNKNOWN;

export type Bag = Readonly<Record<string, unknown>>;

/**
 * Inputs of an object as a rule sees them. Any of them may be absent or unknown. Members of objects may be unknown too: ask them with
 * `typeof`, which an unknown value answers with `symbol`.
 */
export type SeenInputs<N extends KindName> = {
  readonly [P in keyof InputsOf<(typeof KINDS)[N]>]?: InputsOf<(typeof KINDS)[N]>[P] | Unknown;
};

/** A declared object as a rule sees it. */
export interface SeenObject<N extends KindName = KindName> {
  readonly kind: N;
  /** Logical name: its path in a stack file. */
  readonly name: string;
  readonly urn: string;
  /** Id at the control plane, once it has one. */
  readonly id?: string | undefined;
  /** The system it is on: `floopy`. */
  readonly system: string;
  /** Name of its control plane in the stack. */
  readonly controlPlane: string;
  readonly inputs: SeenInputs<N>;
  /** What the control plane says of it: status, last use. Empty for what is not there yet. */
  readonly outputs: Bag;
  /** URNs of the objects that a property takes its value from, by property. */
  readonly sources: Readonly<Record<string, readonly string[]>>;
}

/** True for a value that is there and known. */
export function isKnown<T>(value: T | Unknown | undefined): value is T {
  return value !== undefined && value !== UNKNOWN;
}

/** The value where it is there and known. */
export function known<T>(value: T | Unknown | undefined): T | undefined {
  return value === UNKNOWN ? undefined : (value as T | undefined);
}
