import { KINDS } from "../../schema/kinds/index.js";
import { adapterOf } from "../adapters/index.js";
import { offersField } from "../adapters/support.js";
import { projectScope } from "./cap-scopes.js";
import { items, member } from "./member.js";
import { type SeenObject, UNKNOWN } from "./seen.js";
import type { StackView } from "./stack-view.js";

type Alert = SeenObject<"Alert">;

/** Events that tell of money: before a ceiling is reached, or when it is. */
const SPEND_EVENTS = ["budget_exceeded", "alert_triggered", "usage.alert", "usage.limit_reached", "circuit_breaker"];

/** The events that tell of money on a system; none where it has none of them. */
export function spendEventsOf(system: string): readonly string[] {
  const adapter = adapterOf(system);
  if (!offersField(adapter, KINDS.Alert, "event")) return [];
  const words = adapter.kinds.Alert?.values?.event;
  return SPEND_EVENTS.filter((event) => words === undefined || words.includes(event));
}

/** True when an alert is in use and waits for money. What is unknown may do so. */
export function watchesSpend({ inputs }: Alert): boolean {
  const events = inputs.events === UNKNOWN ? [UNKNOWN] : [inputs.event, ...items(inputs.events)];
  return (
    inputs.enabled !== false &&
    reaches(inputs.channel) &&
    events.some((event) => event === UNKNOWN || (SPEND_EVENTS as readonly unknown[]).includes(event))
  );
}

/** The spend alerts over an object, summed up. */
export interface SpendAlerts {
  readonly isAny: boolean;
  /** True when one tells before an amount is spent, or may: by its threshold, or by its event when it has none. */
  readonly tellBelow: (amount: unknown) => boolean;
  /** The same, of those with a threshold. */
  readonly haveThresholdBelow: (amount: unknown) => boolean;
}

/** Finds the spend alerts that hear of what happens in an object's project: the project's own, and the organization's. */
export function spendAlertsOver(view: StackView): (object: SeenObject) => SpendAlerts {
  const byScope = new Map<string, Thresholds>();
  for (const alert of view.of("Alert").filter(watchesSpend)) {
    const scope = projectScope(view, alert);
    // One of an unknown project may be any project's: it counts for all of them.
    const at = typeof scope === "string" ? scope : alert.controlPlane;
    byScope.set(at, withAlert(byScope.get(at) ?? NONE, alert));
  }
  return (object) => {
    const scope = projectScope(view, object);
    const own = (typeof scope === "string" ? byScope.get(scope) : undefined) ?? NONE;
    const shared = byScope.get(object.controlPlane) ?? NONE;
    const hasEvent = own.hasEvent || shared.hasEvent;
    const lowest = Math.min(own.lowest, shared.lowest);
    const haveThresholdBelow = (amount: unknown) => lowest < (typeof amount === "number" ? amount : Number.POSITIVE_INFINITY);
    return {
      isAny: hasEvent || lowest !== Number.POSITIVE_INFINITY,
      haveThresholdBelow,
      tellBelow: (amount) => hasEvent || haveThresholdBelow(amount),
    };
  };
}

interface Thresholds {
  /** One of them fires by its event alone. */
  readonly hasEvent: boolean;
  /** The lowest threshold; that of an unknown one may be any. */
  readonly lowest: number;
}

const NONE: Thresholds = { hasEvent: false, lowest: Number.POSITIVE_INFINITY };

function withAlert({ hasEvent, lowest }: Thresholds, { inputs: { threshold } }: Alert): Thresholds {
  if (threshold === undefined) return { hasEvent: true, lowest };
  return { hasEvent, lowest: Math.min(lowest, threshold === UNKNOWN ? Number.NEGATIVE_INFINITY : threshold) };
}

function reaches(channel: unknown): boolean {
  return channel === UNKNOWN || ["webhook", "email", "provider"].some((name) => member(channel, name) !== undefined);
}
