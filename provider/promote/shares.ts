/** Something that a ceiling is shared out to, with what it may have at most already. */
export interface Share {
  readonly name: string;
  /** Infinite where nothing caps it yet. */
  readonly amount: number;
}

/** A ceiling over several of them together. */
export interface SharedCeiling {
  readonly amount: number;
  readonly over: readonly string[];
}

/**
 * Amounts that keep every ceiling: those over the same ones together are never above it. Each gets as much as another, unless its own cap
 * is lower already; `round` makes an amount one that can be declared, downwards. Amounts only fall, so that a ceiling that is kept once
 * stays kept.
 */
export function sharedOut(
  shares: readonly Share[],
  ceilings: readonly SharedCeiling[],
  round: (amount: number) => number,
): ReadonlyMap<string, number> {
  const amounts = new Map(shares.map(({ name, amount }) => [name, amount]));
  for (const { amount, over } of ceilings.toSorted((a, b) => a.amount - b.amount)) {
    let left = amount;
    const lowestFirst = over.toSorted((a, b) => (amounts.get(a) ?? 0) - (amounts.get(b) ?? 0));
    for (const [index, name] of lowestFirst.entries()) {
      const equal = left / (lowestFirst.length - index);
      const own = amounts.get(name) ?? 0;
      const given = own <= equal ? own : round(equal);
      amounts.set(name, given);
      left -= given;
    }
  }
  return amounts;
}
