import { budgetScope, projectScope, type Scope } from "./cap-scopes.js";
import { stopsSpending } from "./caps.js";
import { items, member } from "./member.js";
import { type SeenObject, UNKNOWN } from "./seen.js";
import { type SpendAlerts, watchesSpend } from "./spend-alerts.js";
import type { StackView } from "./stack-view.js";

type Alert = SeenObject<"Alert">;
type Budget = SeenObject<"Budget">;

/** False for a budget that is known to stop spending and known to warn nobody before. Systems without thresholds warn by themselves. */
export function isAnnounced(view: StackView, budget: Budget, alerts: SpendAlerts): boolean {
  if (stopsSpending(budget) !== true || !view.offers(budget, "thresholds")) return true;
  const { thresholds, amountUsd } = budget.inputs;
  const isEarly =
    thresholds === UNKNOWN || items(thresholds).some((share) => share === UNKNOWN || (typeof share === "number" && share < 1));
  const isHeard = alerts.isAny || hasBillingContact(view, budget);
  return (isEarly && isHeard) || alerts.haveThresholdBelow(amountUsd);
}

function hasBillingContact(view: StackView, { controlPlane }: Budget): boolean {
  return view.of("Organization").some((one) => one.controlPlane === controlPlane && member(one.inputs.contacts, "billing") !== undefined);
}

/** Spend alerts that fire at or above every budget that stops spending in their scope, with the highest of those. */
export function lateAlerts(view: StackView): readonly { readonly alert: Alert; readonly latest: number }[] {
  const latest = latestStops(view);
  return view.of("Alert").flatMap((alert) => {
    const { threshold } = alert.inputs;
    const scope = projectScope(view, alert) ?? alert.controlPlane;
    const stop = typeof scope === "string" ? latest.get(scope) : undefined;
    const isLate = typeof threshold === "number" && stop !== undefined && threshold >= stop;
    return isLate && watchesSpend(alert) ? [{ alert, latest: stop }] : [];
  });
}

/** The highest amount at which spending stops, by scope; infinite where one is unknown. */
function latestStops(view: StackView): ReadonlyMap<Scope, number> {
  const latest = new Map<Scope, number>();
  for (const budget of view.of("Budget").filter((one) => stopsSpending(one) !== false)) {
    const project = projectScope(view, budget) ?? budget.controlPlane;
    if (typeof project !== "string" || budgetScope(view, budget) === undefined) continue;
    const amount = typeof budget.inputs.amountUsd === "number" ? budget.inputs.amountUsd : Number.POSITIVE_INFINITY;
    latest.set(project, Math.max(latest.get(project) ?? 0, amount));
  }
  return latest;
}
