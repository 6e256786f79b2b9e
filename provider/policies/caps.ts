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
  readonly amount: number;
}

/** A ceiling whose amount may not be known before an apply. */
export type DeclaredCap = Omit<Cap, "amount"> & { readonly amount: number | Unknown };

export const MONTHLY = "US dollars a month";
export const HOURLY = "US dollars an hour";
export const PER_MINUTE = "requests a minute";

/** Every ceiling that a key carries itself. */
export function capsOfKey(key: SeenObject<"ApiKey">): readonly DeclaredCap[] {
  const { hourlyUsd, monthlyUsd, rates } = key.inputs;
  return [
    ...capOf(key, "hourlyUsd", HOURLY, hourlyUsd),
    ...capOf(key, "monthlyUsd", MONTHLY, monthlyUsd),
    ...capOf(key, "rates.requestsPerMinute", PER_MINUTE, member(rates, "requestsPerMinute")),
    ...items(key.inputs.limits).flatMap((entry) => costsPerModel(key, entry)),
  ];
}

export function capsOfEnvironment(limit: SeenObject<"EnvironmentLimit">): readonly DeclaredCap[] {
  const { monthlyUsd, requestsPerMinute } = limit.inputs;
  return [...capOf(limit, "monthlyUsd", MONTHLY, monthlyUsd), ...capOf(limit, "requestsPerMinute", PER_MINUTE, requestsPerMinute)];
}

export function capsOfBudget(budget: SeenObject<"Budget">): readonly DeclaredCap[] {
  const { period, amountUsd } = budget.inputs;
  return typeof period === "string" ? capOf(budget, "amountUsd", `US dollars ${each(period)}`, amountUsd) : [];
}

export function capsOfOrganization(organization: SeenObject<"Organization">): readonly DeclaredCap[] {
  return capOf(organization, "requestsPerMinute", PER_MINUTE, organization.inputs.requestsPerMinute);
}

export function isKnownCap(cap: DeclaredCap): cap is Cap {
  return typeof cap.amount === "number";
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

function capOf(object: SeenObject, property: string, measure: string, amount: unknown): readonly DeclaredCap[] {
  return typeof amount === "number" || amount === UNKNOWN ? [{ object, property, measure, amount }] : [];
}

function costsPerModel(key: SeenObject, entry: unknown): readonly DeclaredCap[] {
  const model = member(entry, "model");
  if (typeof model !== "string" || member(entry, "mode") === "disable") return [];
  return items(member(entry, "limits")).flatMap((limit) => {
    const window = member(limit, "metric") === "cost" ? windowOf(limit) : undefined;
    return window === undefined ? [] : capOf(key, "limits", `US dollars ${window} on ${model}`, member(limit, "value"));
  });
}

const PERIODS: Readonly<Record<string, string>> = { hourly: "hour", daily: "day", weekly: "week", monthly: "month", yearly: "year" };

function windowOf(limit: unknown): string | undefined {
  const [period, amount, unit] = ["period", "rollingAmount", "rollingUnit"].map((name) => member(limit, name));
  if (member(limit, "windowType") === "period") return typeof period === "string" ? each(PERIODS[period] ?? period) : undefined;
  return typeof amount === "number" && typeof unit === "string" ? `in ${amount} ${unit}` : undefined;
}

function each(period: string): string {
  return `${period === "hour" ? "an" : "a"} ${period}`;
}
