/** How far failures stretch the interval at most. */
const LONGEST_STRETCH = 8;

/** Share of the delay by which it varies, so that several watchers do not come at once. */
const JITTER = 0.2;

/**
 * Milliseconds until the next pass: the interval, doubled with each failure in a row up to eight times it, give or take a fifth once a
 * pass has failed. `random` is from 0 up to 1.
 */
export function delayAfter(failuresInARow: number, intervalMs: number, random: number): number {
  if (failuresInARow === 0) return intervalMs;
  const stretched = intervalMs * Math.min(LONGEST_STRETCH, 2 ** (failuresInARow - 1));
  return Math.round(stretched * (1 - JITTER + 2 * JITTER * random));
}
