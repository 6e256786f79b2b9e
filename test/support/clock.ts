import { daysUntil } from "../../schema/day-after.js";

const PRELOADED = new URL("shifted-clock.mjs", import.meta.url).href;

/**
 * Environment of a command that runs on a day (`2026-12-01`), with all that it starts: its clock goes as ours does, whole days off. For
 * what comes later, and for what shall say the same on every day.
 */
export function onDay(day: string): Readonly<Record<string, string>> {
  const days = daysUntil(day, new Date().toISOString().slice(0, 10));
  return { NODE_OPTIONS: `--import=${PRELOADED}`, SHIFTED_CLOCK_DAYS: String(days) };
}
