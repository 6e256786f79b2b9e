import { InvalidInput } from "../../errors.js";

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };

/** Longest that a timer can wait. */
const LONGEST_MS = 24 * 3_600_000;

/** The milliseconds of `30s`, `5m` or `1h`, from one second to one day. Throws InvalidInput for anything else. */
export function parseInterval(text: string): number {
  const [, number, unit = ""] = /^(\d{1,6})([smh])$/.exec(text) ?? [];
  const ms = Number(number) * (UNITS[unit] ?? Number.NaN);
  if (ms >= 1000 && ms <= LONGEST_MS) return ms;
  throw new InvalidInput({ subject: "--interval", what: `is "${text}"`, advice: "Give 30s, 5m or 1h: from one second to one day." });
}
