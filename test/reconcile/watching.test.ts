import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseInterval } from "../../provider/cli/reconcile/interval.js";
import { createMetrics } from "../../provider/cli/reconcile/metrics.js";
import { InvalidInput } from "../../provider/errors.js";
import { delayAfter } from "../../provider/reconcile/backoff.js";
import { exitCodeOf } from "../../provider/reconcile/exit-code.js";
import { type EndedPass, healthAt, recorded, type WatchRecord } from "../../provider/reconcile/health.js";
import { outcomeOf, type PassOutcome } from "../../provider/reconcile/pass-outcome.js";

const MINUTE = 60_000;

describe("the time between passes", () => {
  it("is the interval while they get to their end", () => {
    expect(delayAfter(0, 5 * MINUTE, 0.9)).toBe(5 * MINUTE);
  });

  it("doubles with each failure in a row, up to eight intervals, give or take a fifth", () => {
    const middles = [1, 2, 3, 4, 5, 1000].map((failures) => delayAfter(failures, MINUTE, 0.5) / MINUTE);
    expect(middles).toEqual([1, 2, 4, 8, 8, 8]);
    fc.assert(
      fc.property(
        fc.nat(2000),
        fc.integer({ min: 1000, max: 1440 * MINUTE }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (n, ms, random) => {
          const wait = delayAfter(n, ms, random);
          expect(wait).toBeGreaterThanOrEqual(Math.floor(0.8 * ms));
          expect(wait).toBeLessThanOrEqual(Math.ceil(9.6 * ms));
        },
      ),
    );
  });

  it("is given as seconds, minutes or hours", () => {
    expect(["1s", "30s", "5m", "24h"].map(parseInterval)).toEqual([1000, 30_000, 300_000, 86_400_000]);
    for (const wrong of ["0s", "5", "m", "25h", "-1s", "1.5m", "5 m", "99999999s"])
      expect(() => parseInterval(wrong)).toThrow(InvalidInput);
  });
});

describe("the health of a watcher", () => {
  const begun: WatchRecord = { startedAt: 0, failuresInARow: 0, heldInARow: 0 };
  const ended = (outcome: PassOutcome, endedAt = MINUTE): EndedPass => ({ endedAt, outcome, exitCode: 0, durationSeconds: 1 });
  const recordOf = (...outcomes: readonly PassOutcome[]) => outcomes.reduce((record, outcome) => recorded(record, ended(outcome)), begun);

  it("is good before the first pass, for three intervals", () => {
    expect(healthAt(3 * MINUTE, begun, MINUTE)).toEqual({ healthy: true });
    expect(healthAt(3 * MINUTE + 1, begun, MINUTE)).toMatchObject({ healthy: false, why: expect.stringContaining("no pass has ended") });
  });

  it("is bad when the last three passes failed, and good again with one that got to its end, whatever it left", () => {
    expect(healthAt(MINUTE, recordOf("failed", "invalid"), MINUTE).healthy).toBe(true);
    expect(healthAt(MINUTE, recordOf("failed", "invalid", "failed"), MINUTE)).toEqual({ healthy: false, why: "the last 3 passes failed" });
    for (const outcome of ["in_sync", "repaired", "drift_left", "stopped", "waiting", "held"] as const)
      expect(healthAt(MINUTE, recordOf("failed", "failed", "failed", outcome), MINUTE).healthy).toBe(true);
  });

  it("is bad when ten passes in a row found the stack held, and good again with one that did not", () => {
    const held = (count: number) => Array.from({ length: count }, () => "held" as const);
    expect(healthAt(MINUTE, recordOf(...held(9)), MINUTE)).toEqual({ healthy: true });
    expect(healthAt(MINUTE, recordOf(...held(10)), MINUTE)).toEqual({
      healthy: false,
      why: "the last 10 passes found the stack held by another run",
    });
    expect(healthAt(MINUTE, recordOf(...held(10), "drift_left"), MINUTE)).toEqual({ healthy: true });
    expect(healthAt(MINUTE, recordOf(...held(9), "failed", ...held(9)), MINUTE)).toEqual({ healthy: true });
  });

  it("is bad when no pass has ended within three intervals", () => {
    expect(healthAt(4 * MINUTE, recordOf("in_sync"), MINUTE).healthy).toBe(true);
    expect(healthAt(4 * MINUTE + 1, recordOf("in_sync"), MINUTE).healthy).toBe(false);
  });
});

describe("how a pass ended", () => {
  it("is told in a word, by its exit code", () => {
    expect(outcomeOf(0, true)).toBe("in_sync");
    expect([0, 1, 2, 3, 4, 5, 7, null].map((code) => outcomeOf(code, false))).toEqual([
      "repaired",
      "failed",
      "invalid",
      "stopped",
      "waiting",
      "held",
      "drift_left",
      "failed",
    ]);
  });

  it("is what went wrong before what was stopped, what waits, and what is left", () => {
    const fine = { engine: 0, isStopped: false, waits: false, isLeft: false } as const;
    expect(exitCodeOf(fine)).toBe(0);
    expect(exitCodeOf({ ...fine, isLeft: true })).toBe(7);
    expect(exitCodeOf({ ...fine, isLeft: true, waits: true })).toBe(4);
    expect(exitCodeOf({ ...fine, isLeft: true, waits: true, isStopped: true })).toBe(3);
    expect(exitCodeOf({ engine: 1, isLeft: true, waits: true, isStopped: true })).toBe(1);
  });
});

describe("the metrics of a watcher", () => {
  it("count a pass that did not get to its end, and keep what the last good one saw", async () => {
    const metrics = createMetrics("dev");
    metrics.record({ endedAt: MINUTE, outcome: "failed", exitCode: null, durationSeconds: 2 }, undefined);
    const text = await metrics.text();
    expect(text).toContain('gatehouse_reconcile_passes_total{outcome="failed",stack="dev"} 1');
    expect(text).toContain('gatehouse_reconcile_duration_seconds_bucket{le="2.5",stack="dev"} 1');
    expect(text).toContain('gatehouse_reconcile_last_success_timestamp_seconds{stack="dev"} 0');
    expect(text).not.toContain("gatehouse_reconcile_unmanaged_objects{");
  });
});
