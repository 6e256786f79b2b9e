import { EXIT } from "../errors.js";

/** How a pass ended, in a word. `failed` is everything that kept it from saying how the stack stands. */
export const PASS_OUTCOMES = ["in_sync", "repaired", "drift_left", "stopped", "waiting", "held", "invalid", "failed"] as const;
export type PassOutcome = (typeof PASS_OUTCOMES)[number];

const BY_EXIT_CODE: Readonly<Record<number, PassOutcome>> = {
  [EXIT.fine]: "repaired",
  [EXIT.changed]: "drift_left",
  [EXIT.stopped]: "stopped",
  [EXIT.waiting]: "waiting",
  [EXIT.held]: "held",
  [EXIT.invalid]: "invalid",
};

/** The outcome of a pass with this exit code; null of one that was killed. */
export function outcomeOf(exitCode: number | null, inSync: boolean): PassOutcome {
  if (exitCode === EXIT.fine && inSync) return "in_sync";
  return exitCode === null ? "failed" : (BY_EXIT_CODE[exitCode] ?? "failed");
}

/** True for a pass that did not get to its end. One that finds the stack held leaves the work to the other run. */
export function isFailure(outcome: PassOutcome): boolean {
  return outcome === "failed" || outcome === "invalid";
}
