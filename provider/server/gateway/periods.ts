/** First moment of the calendar month (UTC). */
export function startOfMonth(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth()));
}

/** First moment of the clock hour. */
export function startOfHour(now: Date): Date {
  return new Date(now.getTime() - (now.getTime() % HOUR_MS));
}

/** Seconds until the clock hour is over. */
export function secondsToNextHour(now: Date): number {
  return (HOUR_MS - (now.getTime() % HOUR_MS)) / 1000;
}

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
