import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { CONCERNS } from "../../../schema/field.js";
import { REMOTE_KINDS } from "../../../schema/kinds/index.js";
import { type EndedPass, isFailure, PASS_OUTCOMES } from "../../reconcile/index.js";
import type { PassDocument } from "./pass-document.js";

/** What a watcher measures. Labels are words of Gatehouse's own: no names, no addresses, no secrets. */
export interface Metrics {
  /** Takes note of a pass. The document is absent when the pass did not get to its end. */
  record(pass: EndedPass, document: PassDocument | undefined): void;
  /** In the text format of Prometheus. */
  text(): Promise<string>;
  readonly contentType: string;
}

export function createMetrics(stack: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ stack });
  const registers = [registry];
  const passes = new Counter({
    name: "gatehouse_reconcile_passes_total",
    help: "Passes, by how they ended.",
    labelNames: ["outcome"],
    registers,
  });
  const seconds = new Histogram({
    name: "gatehouse_reconcile_duration_seconds",
    help: "How long a pass took.",
    buckets: [1, 2.5, 5, 10, 30, 60, 120, 300, 600],
    registers,
  });
  const drift = new Gauge({
    name: "gatehouse_reconcile_drift_objects",
    help: "Drifted objects that the last pass left, by class.",
    labelNames: ["class"],
    registers,
  });
  const repaired = new Counter({
    name: "gatehouse_reconcile_repaired_total",
    help: "Objects whose drift was put back, by class.",
    labelNames: ["class"],
    registers,
  });
  const unmanaged = new Gauge({
    name: "gatehouse_reconcile_unmanaged_objects",
    help: "Objects that nobody declared, by kind.",
    labelNames: ["kind"],
    registers,
  });
  const success = new Gauge({
    name: "gatehouse_reconcile_last_success_timestamp_seconds",
    help: "When a pass last got to its end, whatever it left.",
    registers,
  });
  for (const outcome of PASS_OUTCOMES) passes.inc({ outcome }, 0);
  for (const each of CONCERNS) repaired.inc({ class: each }, 0);

  return {
    record({ endedAt, outcome, durationSeconds }, document) {
      passes.inc({ outcome });
      seconds.observe(durationSeconds);
      if (document === undefined || isFailure(outcome) || outcome === "held") return;
      success.set(endedAt / 1000);
      for (const { class: each } of document.repaired) repaired.inc({ class: each });
      const left = [...document.left.filter(({ cause }) => cause === "drift"), ...document.findings];
      for (const each of CONCERNS) drift.set({ class: each }, left.filter((one) => one.class === each).length);
      for (const { name: kind } of REMOTE_KINDS) unmanaged.set({ kind }, document.unmanaged.filter((one) => one.kind === kind).length);
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
