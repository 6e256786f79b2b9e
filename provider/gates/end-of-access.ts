import { dayAfter } from "../../schema/day-after.js";
import { NOTICE_DAYS } from "../../schema/ends.js";
import { UNKNOWN } from "../../schema/unknown.js";

/** True when access that ends on this day (`expiresAt`) is over, on the day itself too, or may be: only the apply knows the day. */
export function isOver(end: unknown, today: string): boolean {
  return end !== undefined && (end === UNKNOWN || String(end).slice(0, 10) <= today);
}

/**
 * True when another end takes access away as good as at once: it is over then, or newly nearer than the notice. Within two weeks somebody
 * notices a mistake that a review let pass, and can still take it back; an end that is months ahead, as contracts and keys have them,
 * takes nothing away today.
 */
export function endsAccess(before: unknown, after: unknown, today: string): boolean {
  if (isOver(before, today)) return false;
  const isNewlyNear = isOver(after, dayAfter(today, NOTICE_DAYS)) && (before === undefined || String(after) < String(before));
  return isOver(after, today) || isNewlyNear;
}

/** The first day on which access may end, for which the notice is long enough. */
export function firstDayWithNotice(today: string): string {
  return dayAfter(today, NOTICE_DAYS + 1);
}
