const DAY_MS = 86_400_000;

/** Days from one day to another, both as `2026-11-21`; negative when the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}
