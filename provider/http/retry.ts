/** How one attempt at a request ended, as far as trying again is concerned. */
export interface Attempt {
  /** HTTP status, or undefined when no whole answer came. */
  readonly status?: number;
  /** Seconds or date of a `Retry-After` header. */
  readonly retryAfter?: string | undefined;
  /** True when the request surely never reached the server (connection refused). */
  readonly neverSent?: boolean;
  /** True when the answer says that the request was not carried out and may be sent again. */
  readonly notDone?: boolean;
}

const MAX_ATTEMPTS = 5;
/** Where the answer says that nothing was done, patience costs nothing but time: some ten seconds. */
const MAX_ATTEMPTS_NOT_DONE = 7;
const FIRST_DELAY_MS = 150;
/** Longer than this we do not wait for a server: the run fails and says so. */
const LONGEST_WAIT_MS = 60_000;

/**
 * Milliseconds to wait before the next attempt, or undefined to give up.
 * 429 and 503 with `Retry-After` say that nothing was done, so any request may be sent again. Other faults leave open whether the
 * server acted: only requests that may be repeated (`repeatable`: reads, merges, deletes, creates with an idempotency key) are.
 */
export function delayBeforeRetry(attempt: Attempt, attemptNumber: number, repeatable: boolean, now: number): number | undefined {
  const { status, notDone = false } = attempt;
  if (attemptNumber >= (notDone ? MAX_ATTEMPTS_NOT_DONE : MAX_ATTEMPTS)) return undefined;
  const notActed = notDone || status === 429 || (status === 503 && attempt.retryAfter !== undefined) || attempt.neverSent === true;
  const fault = status === undefined || status === 408 || status >= 500;
  if (!notActed && !(fault && repeatable)) return undefined;
  const asked = retryAfterMs(attempt.retryAfter, now);
  if (asked !== undefined) return asked > LONGEST_WAIT_MS ? undefined : asked;
  const backoff = FIRST_DELAY_MS * 2 ** (attemptNumber - 1);
  return backoff + Math.random() * backoff * 0.25;
}

function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const seconds = Number(header);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now;
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}
