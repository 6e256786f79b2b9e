export type Values = Readonly<Record<string, unknown>>;

/** The key before the last rotation, as the outputs of a key hold it while it still works. */
export interface Retiring {
  readonly keyId: string;
  /** When the new key took its place, ISO 8601. */
  readonly since: string;
  readonly issuedAt?: string;
  readonly lastUsedAt?: string;
  /** The number in `rotate` before: going back to it makes this key the one in use again. */
  readonly rotate?: number;
  /** Where its secret was handed to. */
  readonly delivery?: Values;
}

/** The retiring key that a set of outputs names. */
export function retiringIn(outputs: Values): Retiring | undefined {
  return outputs.retiring as Retiring | undefined;
}
