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

/** Lengths of time that a ceiling may be for. */
export type Period = "hour" | "day" | "week" | "month" | "year";

const STARTS: Readonly<Record<Period, (now: Date) => Date>> = {
  hour: startOfHour,
  day: startOfDay,
  week: startOfWeek,
  month: startOfMonth,
  year: (now) => new Date(Date.UTC(now.getUTCFullYear(), 0)),
};

/** First moment of the hour, day, week (from Monday), month or year (UTC). */
export function startOfPeriod(period: Period, now: Date): Date {
  return STARTS[period](now);
}

function startOfDay(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()));
}

function startOfWeek(now: Date): Date {
  const daysSinceMonday = (now.getUTCDay() + 6) % 7;
  return new Date(startOfDay(now).getTime() - daysSinceMonday * DAY_MS);
}
