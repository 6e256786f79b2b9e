import { METRICS } from "../../../schema/systems/routerly.js";
import type { WireLimit } from "./wire.js";

/** A limit as the kinds write it. */
type Limit = Omit<WireLimit, "metric"> & { readonly metric: string };

const OURS = new Map(Object.entries(METRICS).map(([ours, theirs]) => [theirs, ours]));

export function limitsToWire(limits: unknown): WireLimit[] {
  return Array.isArray(limits) ? (limits as Limit[]).map((limit) => ({ ...limit, metric: METRICS[limit.metric] ?? limit.metric })) : [];
}

export function limitsFromWire(limits: readonly WireLimit[] = []): Limit[] {
  return limits.map((limit) => ({ ...limit, metric: OURS.get(limit.metric) ?? limit.metric }));
}
