import { setTimeout as delay } from "node:timers/promises";

const INTERVAL_MS = 200;

/** Waits until something holds, and says whether it did in time. */
export async function until(holds: () => boolean | Promise<boolean>, patienceMs: number): Promise<boolean> {
  const end = Date.now() + patienceMs;
  while (!(await holds())) {
    if (Date.now() >= end) return false;
    await delay(INTERVAL_MS);
  }
  return true;
}
