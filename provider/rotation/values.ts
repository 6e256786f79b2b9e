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

/** What the outputs say of a retiring key when there is none. */
export const NO_RETIRING = { retiring: undefined, formerToken: undefined } as const;

/** A key with these outputs and this id, as it begins to retire. */
export function retiringFrom({ issuedAt, rotate, delivery }: Values, keyId: string, since: Date): Values {
  return { keyId, since: since.toISOString(), issuedAt, rotate, delivery };
}

/** What the outputs say of the secret once the retiring key is in use again. `delivery` is where its sink has it now. */
export function backAt(outputs: Values, delivery = retiringIn(outputs)?.delivery): Values {
  const { issuedAt, rotate } = retiringIn(outputs) ?? {};
  const { formerToken: token } = outputs;
  return { ...NO_RETIRING, issuedAt, rotate, delivery, token, external: token === undefined && delivery === undefined };
}
