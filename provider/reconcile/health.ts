import { isFailure, type PassOutcome } from "./pass-outcome.js";

/** So many failures in a row are no accident. */
const FAILURES_TO_BE_ILL = 3;

/** So many passes in a row that found the stack held are no coincidence: the lock is nobody's, or somebody never ends. */
const HELD_TO_BE_ILL = 10;

/** A pass must end at least once in so many intervals. */
const INTERVALS_OF_PATIENCE = 3;

export interface EndedPass {
  /** When it ended, in milliseconds since 1970. */
  readonly endedAt: number;
  readonly outcome: PassOutcome;
  /** Null when it was killed. */
  readonly exitCode: number | null;
  readonly durationSeconds: number;
}

/** What a watcher remembers of its passes. */
export interface WatchRecord {
  /** When it began, in milliseconds since 1970. */
  readonly startedAt: number;
  readonly failuresInARow: number;
  /** Passes that found the stack held by another run. */
  readonly heldInARow: number;
  readonly lastPass?: EndedPass | undefined;
}

export interface Health {
  readonly healthy: boolean;
  /** Why it is not. */
  readonly why?: string;
}

/** The record with one more pass. */
export function recorded(record: WatchRecord, pass: EndedPass): WatchRecord {
  return {
    ...record,
    failuresInARow: isFailure(pass.outcome) ? record.failuresInARow + 1 : 0,
    heldInARow: pass.outcome === "held" ? record.heldInARow + 1 : 0,
    lastPass: pass,
  };
}

/**
 * Whether a watcher does its work: its last passes did not all fail, nor all find the stack held, and one ended within the last three
 * intervals.
 */
export function healthAt(now: number, { startedAt, failuresInARow, heldInARow, lastPass }: WatchRecord, intervalMs: number): Health {
  if (failuresInARow >= FAILURES_TO_BE_ILL) return { healthy: false, why: `the last ${failuresInARow} passes failed` };
  if (heldInARow >= HELD_TO_BE_ILL) return { healthy: false, why: `the last ${heldInARow} passes found the stack held by another run` };
  const silence = now - (lastPass?.endedAt ?? startedAt);
  if (silence <= INTERVALS_OF_PATIENCE * intervalMs) return { healthy: true };
  return {
    healthy: false,
    why: `no pass has ended for ${Math.round(silence / 1000)} s, and one is due every ${Math.round(intervalMs / 1000)} s`,
  };
}
