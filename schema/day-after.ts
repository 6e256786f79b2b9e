const DAY_MS = 86_400_000;

/** The day that is so many days after another one, both as `2026-11-21`, UTC. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** How many days another day is ahead of one, both as `2026-11-21`, UTC; negative when it is past. */
export function daysUntil(day: string, today: string): number {
  return Math.round((Date.parse(day) - Date.parse(today)) / DAY_MS);
}
