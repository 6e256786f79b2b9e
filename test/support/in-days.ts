import { dayAfter } from "../../schema/day-after.js";

/** A day so many days from today, as `2027-02-01`, UTC: approvals and exceptions last for weeks only, and tests must hold in any year. */
export function inDays(days: number): string {
  return dayAfter(new Date().toISOString().slice(0, 10), days);
}
