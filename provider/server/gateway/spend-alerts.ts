import type { Call, Gateway } from "./call.js";
import { startOfMonth } from "./periods.js";
import { raiseAlert } from "./raise-alert.js";

/** Events whose threshold is the spend of the calendar month, in US dollars. */
const SPEND_EVENTS: readonly string[] = ["alert_triggered", "usage.alert"];

/** Told once a month of each key that reached its monthly cap, whether that blocks it or not. */
const LIMIT_EVENT = "usage.limit_reached";

/** Raises the alerts on the month's spend that a booked request reached: the organization's, and those of its project (F-49). */
export function raiseSpendAlerts(gateway: Gateway, { key, project }: Call): void {
  const since = startOfMonth(gateway.now);
  const spentUsd = (scope: { project: string } | Record<string, never>) => gateway.store.usage.spentUsd(scope, since);
  for (const event of SPEND_EVENTS) {
    raiseAlert(gateway, { event, project: undefined, value: spentUsd({}), occasion: since.toISOString() });
    raiseAlert(gateway, { event, project: project.id, value: spentUsd({ project: project.id }), occasion: since.toISOString() });
  }
  const ofKey = gateway.store.usage.spentUsd({ key: key.id }, since);
  if (typeof key.body.monthlyUsd !== "number" || ofKey < key.body.monthlyUsd) return;
  for (const scope of [undefined, project.id]) {
    raiseAlert(gateway, { event: LIMIT_EVENT, project: scope, value: ofKey, occasion: `${key.id} ${since.toISOString()}` });
  }
}
