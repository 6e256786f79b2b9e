import type { Values } from "../store/objects.js";

/** One request that a test would make. */
export interface Probe {
  readonly method: string;
  readonly path: string;
  readonly destructive: boolean;
  readonly security: boolean;
}

export interface ProbeResult {
  readonly method: string;
  readonly path: string;
  /** Milliseconds after the start of the run; absent for a blocked probe. */
  readonly sentAtMs?: number;
  readonly blockedBy?: "readOnly" | "allowDestructiveTests" | "allowSecurityTesting";
}

const WRITES = ["POST", "PUT", "PATCH", "DELETE"];

/** What an environment's constraints leave of a run: blocked probes are dropped, the others are spaced. */
export function runProbes(probes: readonly Probe[], constraints: Values): readonly ProbeResult[] {
  const rate = constraints.maxRequestsPerSecond;
  let sent = 0;
  return probes.map((probe) => {
    const { method, path } = probe;
    const blockedBy = blockerOf(probe, constraints);
    if (blockedBy !== undefined) return { method, path, blockedBy };
    const sentAtMs = typeof rate === "number" ? Math.floor((sent * 1000) / rate) : 0;
    sent += 1;
    return { method, path, sentAtMs };
  });
}

function blockerOf({ method, destructive, security }: Probe, constraints: Values): ProbeResult["blockedBy"] {
  if (constraints.readOnly === true && WRITES.includes(method)) return "readOnly";
  if (destructive && constraints.allowDestructive !== true) return "allowDestructiveTests";
  return security && constraints.allowSecurity !== true ? "allowSecurityTesting" : undefined;
}
