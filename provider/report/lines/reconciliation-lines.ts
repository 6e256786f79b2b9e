import { governance } from "../../../schema/kinds/governance.js";
import { UNKNOWN } from "../../../schema/unknown.js";
import { type Policy, policyOf } from "../../plan/reconcile-policy.js";
import { KNOWN_AFTER_APPLY } from "../shown-values.js";
import type { Context } from "./context.js";
import { lineAbout } from "./line-about.js";
import type { Telling } from "./telling.js";

/** What a pass may do, the most cautious first. */
const POWER_ORDER: readonly string[] = ["report", "repair", "remove"];

/** Reconciliations that may do more by themselves, whatever stands in for an absent word. */
export function reconciliationLines(context: Context): readonly Telling[] {
  const steps = context.changed.filter(({ kind, operation }) => kind === governance.name && operation !== "release");
  return steps.flatMap((step): Telling[] => {
    const [was, is] = [step.before?.inputs.reconcile, step.after?.reconcile];
    const more = is === UNKNOWN ? ["only the apply knows what"] : moreIn(policyOf(was), policyOf(is));
    if (was === UNKNOWN || more.length === 0) return [];
    const text = `a reconciliation may do more by itself: ${more.join(", ")}`;
    const about = { section: "approvals", rule: "reconciliation-loosened", text, properties: ["reconcile"] } as const;
    return [{ line: lineAbout(step, about, context), tells: [{ urn: step.urn, properties: ["reconcile"] }] }];
  });
}

function moreIn(before: Policy, after: Policy): readonly string[] {
  const was = new Map<string, unknown>(Object.entries(before));
  return Object.entries(after).flatMap(([name, to]: [string, unknown]) => {
    const from = was.get(name);
    return isMore(from, to) ? [`${name} ${String(from)} → ${to === UNKNOWN ? KNOWN_AFTER_APPLY : String(to)}`] : [];
  });
}

/** One that only the apply will know may be any. */
function isMore(from: unknown, to: unknown): boolean {
  if (to === UNKNOWN) return from !== UNKNOWN;
  if (typeof to === "number") return typeof from === "number" && to > from;
  return POWER_ORDER.indexOf(String(to)) > POWER_ORDER.indexOf(String(from));
}
