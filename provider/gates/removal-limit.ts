/**
 * How many holders of a role may lose it in one change: a quarter of them, and of fewer than eight just one. `lost` above it closes the
 * gate on removals.
 */
export function removalLimit(holders: number): number {
  return holders < 8 ? 1 : holders / 4;
}
