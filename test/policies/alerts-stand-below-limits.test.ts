import { expect, it } from "vitest";
import { alertsStandBelowLimits } from "../../provider/policies/rules/alerts-stand-below-limits.js";
import { ruleCases, told } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

const BILLING = "organization: { contacts: { billing: billing@acme.example } }";
const hook = (more: string) => `{ ${more}, channel: { webhook: https://hooks.acme.example/ai } }`;
const budget = (more: string, project = "") =>
  `projects: { checkout: { name: Checkout, budgets: { m: { amountUsd: 500, period: month, onBreach: block${more} } }${project} } }`;

const said = (text: string, system?: string) => told(alertsStandBelowLimits, viewOf(text, system)).map((line) => line.split(". ")[0]);

ruleCases(alertsStandBelowLimits, {
  passes: `${BILLING}\n${budget(", thresholds: [0.8, 1]")}`,
  fails: `${BILLING}\n${budget(", thresholds: [1]")}`,
  message:
    "Budget projects/checkout/budgets/m (thresholds) stops the traffic at its ceiling and nobody is told before. A limit that nobody sees coming is an outage. Write thresholds: [0.8], and an alert of the event budget_exceeded or organization.contacts.billing that hears of it.",
  unknown: ["projects/checkout/budgets/m#thresholds"],
});

it("alerts-stand-below-limits wants the threshold of a budget to reach somebody", () => {
  expect(said(budget(", thresholds: [0.8]"))).toHaveLength(1);
  expect(said(budget(", thresholds: [0.8]", `, alerts: { a: ${hook("event: budget_exceeded")} }`))).toEqual([]);
  expect(said(budget(", thresholds: [0.8]", `, alerts: { a: ${hook("event: budget_exceeded, enabled: false")} }`))).toHaveLength(1);
  expect(said(budget(", thresholds: [0.8]", `, alerts: { a: ${hook("event: member.joined")} }`))).toHaveLength(1);
});

it("alerts-stand-below-limits takes an alert below the ceiling for a threshold, and tells one that fires too late", () => {
  expect(said(budget("", `, alerts: { a: ${hook("event: usage.alert, threshold: 499")} }`))).toEqual([]);
  expect(said(budget("", `, alerts: { a: ${hook("event: usage.alert, threshold: 500")} }`))).toEqual([
    "advisory: Budget projects/checkout/budgets/m (thresholds) stops the traffic at its ceiling and nobody is told before",
    "advisory: Alert projects/checkout/alerts/a (threshold) fires at 500, when the limit it watches has stopped the traffic at 500",
  ]);
});

it("alerts-stand-below-limits leaves budgets alone that only warn, and systems that warn by themselves", () => {
  expect(said("budgets: { m: { amountUsd: 500, period: month, onBreach: warn } }")).toEqual([]);
  expect(said(budget(""), "floopy")).toEqual([]);
});

it("alerts-stand-below-limits wants an alert for the caps of production, and of all environments under strict", () => {
  const text = "environmentLimits: { staging: { monthlyUsd: 20 }, production: { monthlyUsd: 2000, requestsPerMinute: 9 } }";
  const production = "advisory: EnvironmentLimit environmentLimits/production stops at 2000 US dollars a month, and no alert tells before";
  expect(said(text)).toEqual([production]);
  expect(said(`${text}\ngovernance: { preset: strict }`)).toHaveLength(2);
  expect(said(`${text}\nalerts: { a: ${hook("event: usage.alert, threshold: 1500")} }`)).toEqual([]);
  expect(said(`${text}\nalerts: { a: ${hook("event: usage.alert, threshold: 2000")} }`)).toEqual([production]);
});

it("alerts-stand-below-limits names what the system has", () => {
  const key = (more: string) => `projects: { p: { name: P, environment: production, keys: { prod: { hourlyUsd: 9 } }${more} } }`;
  expect(told(alertsStandBelowLimits, viewOf(key(""), "olyx"))).toEqual([
    "advisory: ApiKey projects/p/keys/prod stops at 9 US dollars an hour, and no alert tells before. A limit that nobody sees coming is an outage. Declare an alert of the event circuit_breaker with a channel, and without a threshold or with one below.",
  ]);
  expect(said(key(`, alerts: { a: ${hook("event: circuit_breaker")} }`), "olyx")).toEqual([]);
});

it("alerts-stand-below-limits takes an alert of an unknown event for one that may tell", () => {
  const text = `${budget(", thresholds: [0.5]")}\nalerts: { a: ${hook("event: member.joined")} }`;
  expect(said(text)).toHaveLength(1);
  expect(told(alertsStandBelowLimits, viewOf(text, "gatehouse", ["alerts/a#event"]))).toEqual([]);
});

it("alerts-stand-below-limits takes an unknown threshold for one that may be low enough", () => {
  const text = budget("", `, alerts: { a: ${hook("event: usage.alert, threshold: 500")} }`);
  expect(told(alertsStandBelowLimits, viewOf(text, "gatehouse", ["projects/checkout/alerts/a#threshold"]))).toEqual([]);
});

it("alerts-stand-below-limits says what is known of a budget whose amount is not", () => {
  expect(told(alertsStandBelowLimits, viewOf(budget(""), "gatehouse", ["projects/checkout/budgets/m#amountUsd"]))).toHaveLength(1);
});
