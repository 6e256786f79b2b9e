import { flag } from "../../../schema/field.js";
import { isAnnounced, lateAlerts } from "../announced-budgets.js";
import { type Cap, capsOfEnvironment, capsOfKey, type DeclaredCap, HOURLY, isKnownCap, MONTHLY } from "../caps.js";
import { defineRule, setting, type Violation } from "../rule.js";
import { isKnown, type SeenObject } from "../seen.js";
import { spendAlertsOver, spendEventsOf } from "../spend-alerts.js";

export const alertsStandBelowLimits = defineRule({
  name: "alerts-stand-below-limits",
  title: "Somebody hears before a hard limit stops the traffic",
  why: "A limit that nobody sees coming is an outage.",
  enforces: ["F-53"],
  level: "advisory",
  settings: { everyEnvironment: setting(flag(), false, true) },
  check: (view, { settings: { everyEnvironment } }) => {
    const alertsOver = spendAlertsOver(view);
    const isWatched = (environment: unknown) => environment === "production" || (everyEnvironment && isKnown(environment));
    const unheard = (object: SeenObject, caps: readonly DeclaredCap[]): readonly Violation[] => {
      const alerts = alertsOver(object);
      const silent = caps
        .filter(isKnownCap)
        .filter(({ measure, amount }) => [HOURLY, MONTHLY].includes(measure) && !alerts.tellBelow(amount));
      return unheardOf(object, silent);
    };
    return [
      ...view
        .of("Budget")
        .filter((budget) => !isAnnounced(view, budget, alertsOver(budget)))
        .map(silentBudget),
      ...view.of("EnvironmentLimit").flatMap((one) => (isWatched(one.inputs.environment) ? unheard(one, capsOfEnvironment(one)) : [])),
      ...view.of("ApiKey").flatMap((key) => (isWatched(view.environmentOf(key)) ? unheard(key, capsThatStop(key)) : [])),
      ...lateAlerts(view).map(({ alert, latest }) => ({
        object: alert,
        property: "threshold",
        what: `fires at ${String(alert.inputs.threshold)}, when the limit it watches has stopped the traffic at ${latest}`,
        advice: `Write a threshold below ${latest}.`,
      })),
    ];
  },
  example: {
    bad: "projects: { checkout: { name: Checkout, budgets: { month: { amountUsd: 500, period: month, onBreach: block } } } }",
    good: `organization: { contacts: { billing: billing@acme.example } }
projects:
  checkout:
    name: Checkout
    launch: { owner: lin@acme.example }
    budgets: { month: { amountUsd: 500, period: month, onBreach: block, thresholds: [0.8] } }`,
  },
});

/** Nothing where the system has no event that tells of money. */
function unheardOf(object: SeenObject, caps: readonly Cap[]): readonly Violation[] {
  const events = spendEventsOf(object.system);
  if (caps.length === 0 || events.length === 0) return [];
  return [
    {
      object,
      what: `stops at ${caps.map(({ amount, measure }) => `${amount} ${measure}`).join(" and ")}, and no alert tells before`,
      advice: `Declare an alert of the event ${events.join(" or ")} with a channel, and without a threshold or with one below.`,
    },
  ];
}

function capsThatStop(key: SeenObject<"ApiKey">): readonly DeclaredCap[] {
  return capsOfKey(key).filter(
    ({ measure }) => measure !== MONTHLY || key.inputs.onBreach === undefined || key.inputs.onBreach === "block",
  );
}

function silentBudget(object: SeenObject<"Budget">): Violation {
  return {
    object,
    property: "thresholds",
    what: "stops the traffic at its ceiling and nobody is told before",
    advice: "Write thresholds: [0.8], and an alert of the event budget_exceeded or organization.contacts.billing that hears of it.",
  };
}
