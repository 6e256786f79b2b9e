/** Today as `2026-11-21`, UTC, as days in a stack are meant. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
