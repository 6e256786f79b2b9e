import { UNKNOWN } from "../../../schema/unknown.js";
import type { Values } from "../../gates/facts.js";
import { KNOWN_AFTER_APPLY } from "../shown-values.js";

const PERIODS: Readonly<Record<string, string>> = {
  hourly: "an hour",
  daily: "a day",
  weekly: "a week",
  monthly: "a month",
  yearly: "a year",
};
const UNITS: Readonly<Record<string, string>> = {
  hour: "an hour",
  day: "a day",
  week: "a week",
  month: "a month",
  year: "a year",
  minute: "a minute",
};

/** What an amount is of, from the name of its field: `USD a month`, `requests a minute`. `beside` are the values of its object. */
export function unitOf(path: string, beside: Values): string {
  const name = path.split(".").at(-1) ?? path;
  const money = /^([a-z]+)Usd$/.exec(name);
  if (money !== null) return `USD ${PERIODS[money[1] ?? ""] ?? UNITS[String(beside.period)] ?? "a period"}`;
  const rate = /^([a-z]+)Per([A-Z][a-z]+)$/.exec(name);
  if (rate !== null) return `${rate[1]} ${UNITS[(rate[2] ?? "").toLowerCase()] ?? `a ${rate[2]}`}`;
  return "";
}

/** `3,000`; what only an apply will know says so. */
export function amountText(value: number | string): string {
  if (value === UNKNOWN) return KNOWN_AFTER_APPLY;
  return typeof value === "number" ? value.toLocaleString("en-US", { maximumFractionDigits: 6 }) : value;
}

/** How many times as much: `×10`, `×2.5`. */
export function factorText(factor: number): string {
  return `×${factor.toLocaleString("en-US", { maximumFractionDigits: factor < 1 ? 3 : 1 })}`;
}
