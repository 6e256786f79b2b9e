const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A time as people write it: a number and `s`, `m`, `h` or `d`. */
export const DURATION_PATTERN = "^[1-9][0-9]{0,5}[smhd]$";

/** A number of days: `90d`. */
export const DAYS_PATTERN = "^[1-9][0-9]{0,3}d$";

/** The milliseconds of `30s`, `5m`, `24h` or `7d`; NaN for anything else. */
export function durationMs(text: string): number {
  const [, number, unit = ""] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  return Number(number) * (UNIT_MS[unit] ?? Number.NaN);
}
