import type { Closed } from "../gates/index.js";
import type { ReportInput } from "./report-input.js";

/** The engine tells objects as it plans them, in another order each time: a report, and what gates say in it, has them by their names. */
export function inOrder(input: ReportInput): ReportInput {
  const { changes, gates } = input;
  return {
    ...input,
    changes: { ...changes, objects: changes.objects.toSorted((a, b) => byText(a.name, b.name) || byText(a.urn, b.urn)) },
    gates: {
      closed: gates.closed.toSorted(byObject),
      opened: gates.opened.toSorted((a, b) => byObject(a.closed, b.closed)),
    },
  };
}

function byObject(a: Closed, b: Closed): number {
  return byText(a.object, b.object) || byText(a.gate, b.gate);
}

/** Compares two texts for a sort, the same way on every machine. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
