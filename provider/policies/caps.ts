import { KINDS } from "../../schema/kinds/index.js";
import { adapterOf } from "../adapters/index.js";
import { supportOf } from "../adapters/support.js";
import { items, member } from "./member.js";
import { type SeenObject, UNKNOWN, type Unknown } from "./seen.js";

/** A ceiling whose amount is known. */
export interface Cap {
  readonly object: SeenObject;
  readonly property: string;
  /** What is counted, over which time: `US dollars a month`. Caps of one measure can be compared. */
  readonly measure: string;
  /** What is counted: `US dollars`. Caps of one unit can be compared where their periods nest. */
  readonly unit: string;
  /** The time after which counting begins anew. */
  readonly period: Period;
  readonly amount: number;
}

type Period = "minute" | "hour" | "day" | "week" | "month" | "year" | `rolling ${string}`;

/** Times that caps count over, the shortest first. A rolling window is like no other. */
const PERIODS: readonly Period[] = ["minute", "hour", "day", "week", "month", "year"];

/** A ceiling whose amount may not be known before an apply. */
export type DeclaredCap = Omit<Cap, "amount"> & { readonly amount: number | Unknown };

const DOLLARS = "US dollars";
const REQUESTS = "requests";

export const MONTHLY = `${DOLLARS} a month`;
export const HOURLY = `${DOLLARS} an hour`;
export const PER_MINUTE = `${REQUESTS} a minute`;

/** Every ceiling that a key carries itself. */
export function capsOfKey(key: SeenObject<"ApiKey">): readonly DeclaredCap[] {
  const { hourlyUsd, monthlyUsd, rates } = key.inputs;
  return [
    ...capOf(key, "hourlyUsd", DOLLARS, "hour", hourlyUsd),
    ...capOf(key, "monthlyUsd", DOLLARS, "month", monthlyUsd),
    ...capOf(key, "rates.requestsPerMinute", REQUESTS, "minute", member(rates, "requestsPerMinute")),
    ...items(key.inputs.limits).flatMap((entry) => costsPerModel(key, entry)),
  ];
}

export function capsOfEnvironment(limit: SeenObject<"EnvironmentLimit">): readonly DeclaredCap[] {
  const { monthlyUsd, requestsPerMinute } = limit.inputs;
  return [
    ...capOf(limit, "monthlyUsd", DOLLARS, "month", monthlyUsd),
    ...capOf(limit, "requestsPerMinute", REQUESTS, "minute", requestsPerMinute),
  ];
}

export function capsOfBudget(budget: SeenObject<"Budget">): readonly DeclaredCap[] {
  const { period, amountUsd } = budget.inputs;
  return typeof period === "string" ? capOf(budget, "amountUsd", DOLLARS, period, amountUsd) : [];
}

export function capsOfOrganization(organization: SeenObject<"Organization">): readonly DeclaredCap[] {
  return capOf(organization, "requestsPerMinute", REQUESTS, "minute", organization.inputs.requestsPerMinute);
}

export function isKnownCap(cap: DeclaredCap): cap is Cap {
  return typeof cap.amount === "number";
}

/**
 * True when what is spent under one cap counts in full against another: both count the same, and the one's time passes within the
 * other's or is as long. Amounts are never multiplied, since nobody means to spend an hour's cap in every hour of a month.
 */
export function countsIn(inner: Cap, outer: Cap): boolean {
  const [short, long] = [inner, outer].map(({ period }) => PERIODS.indexOf(period)) as [number, number];
  return inner.unit === outer.unit && (inner.period === outer.period || (short !== -1 && short <= long));
}

/** Orders caps by amount, and by name where they are equal, so that the order of a declaration never shows. */
export function byAmount(a: Cap, b: Cap): number {
  return a.amount - b.amount || (a.object.name < b.object.name ? -1 : 1);
}

/** Whether a budget stops spending at its ceiling. One that does not say stops where its system knows nothing milder. */
export function stopsSpending(budget: SeenObject<"Budget">): boolean | Unknown {
  const { onBreach } = budget.inputs;
  if (onBreach === UNKNOWN) return UNKNOWN;
  if (onBreach !== undefined) return onBreach !== "warn";
  const support = supportOf(adapterOf(budget.system), KINDS.Budget);
  const words = "lacking" in support ? undefined : support.values?.onBreach;
  return words !== undefined && !words.includes("warn");
}

function capOf(object: SeenObject, property: string, unit: string, period: Period, amount: unknown): readonly DeclaredCap[] {
  if (typeof amount !== "number" && amount !== UNKNOWN) return [];
  return [{ object, property, unit, period, measure: `${unit} ${each(period)}`, amount }];
}

function costsPerModel(key: SeenObject, entry: unknown): readonly DeclaredCap[] {
  const model = member(entry, "model");
  if (typeof model !== "string" || member(entry, "mode") === "disable") return [];
  return items(member(entry, "limits")).flatMap((limit) => {
    const period = member(limit, "metric") === "cost" ? periodOf(limit) : undefined;
    const caps = period === undefined ? [] : capOf(key, "limits", DOLLARS, period, member(limit, "value"));
    return caps.map((cap) => ({ ...cap, unit: `${cap.unit} on ${model}`, measure: `${cap.measure} on ${model}` }));
  });
}

const PERIOD_WORDS: Readonly<Record<string, Period>> = { hourly: "hour", daily: "day", weekly: "week", monthly: "month", yearly: "year" };

function periodOf(limit: unknown): Period | undefined {
  const [period, amount, unit] = ["period", "rollingAmount", "rollingUnit"].map((name) => member(limit, name));
  if (member(limit, "windowType") === "period") return PERIOD_WORDS[String(period)];
  return typeof amount === "number" && typeof unit === "string" ? `rolling ${amount} ${unit}` : undefined;
}

function each(period: Period): string {
  if (period.startsWith("rolling ")) return period.replace("rolling", "in");
  return `${period === "hour" ? "an" : "a"} ${period}`;
}
