import type { KindName } from "../../schema/kinds/index.js";
import type { Adapter } from "../adapters/adapter.js";
import type { Entry } from "../stackfile/entries.js";
import { needs, offers } from "./offers.js";
import { stopsSpending } from "./stops-spending.js";
import type { Way } from "./way.js";

/** A ceiling of the source that refuses requests at its amount. */
export interface Ceiling {
  readonly entry: Entry;
  readonly field: string;
  readonly amount: number;
  /** The keys that it is over, by their paths in the source. */
  readonly keys: readonly string[];
}

/** What ceilings of one sort count, and where a system may have them. Those of one measure can be shared out among each other. */
export interface Measure {
  readonly unit: string;
  /** The field of a key. */
  readonly keyField: string;
  /** Makes an amount one that can be declared, downwards. */
  readonly round: (amount: number) => number;
  readonly ceilingsOf: (way: Way) => readonly Ceiling[];
}

const DOLLARS: Measure = {
  unit: "US dollars a month",
  keyField: "monthlyUsd",
  round: (amount) => Math.floor(amount * 100) / 100,
  ceilingsOf: (way) => {
    const ceiling = ceilingIn(way);
    return way.source.flatMap((entry) => {
      const { monthlyUsd, amountUsd, onBreach, period, team } = entry.given;
      if (entry.kindName === "ApiKey") return onBreach === "warn" ? [] : ceiling(entry, "monthlyUsd", monthlyUsd);
      if (entry.kindName === "EnvironmentLimit") return ceiling(entry, "monthlyUsd", monthlyUsd);
      const isMonthly = entry.kindName === "Budget" && period === "month" && team === undefined;
      return isMonthly && stopsSpending(way.systemOf(entry.name), onBreach) ? ceiling(entry, "amountUsd", amountUsd) : [];
    });
  },
};

const REQUESTS: Measure = {
  unit: "requests a minute",
  keyField: "rates.requestsPerMinute",
  round: Math.floor,
  ceilingsOf: (way) => {
    const ceiling = ceilingIn(way);
    return way.source.flatMap((entry) => {
      const { rates, requestsPerMinute } = entry.given;
      if (entry.kindName === "ApiKey")
        return ceiling(entry, "rates.requestsPerMinute", (rates as { requestsPerMinute?: unknown } | undefined)?.requestsPerMinute);
      return ceiling(entry, "requestsPerMinute", requestsPerMinute);
    });
  },
};

export const MEASURES: readonly Measure[] = [DOLLARS, REQUESTS];

/** True when the target has a place for the same ceiling over the same things. */
export function hasPlaceFor({ entry, field }: Ceiling, target: Adapter): boolean {
  const isShared = entry.kindName === "Budget" && entry.owner === undefined && entry.given.project === undefined;
  return offers(target, entry.kindName as KindName, field) && !(isShared && needs(target, "Budget", "project"));
}

function ceilingIn({ source }: Way): (entry: Entry, field: string, amount: unknown) => readonly Ceiling[] {
  const all = source.filter(({ kindName }) => kindName === "ApiKey");
  return (entry, field, amount) => {
    if (typeof amount !== "number") return [];
    return [{ entry, field, amount, keys: all.filter((key) => isOver(entry, key, source)).map(({ name }) => name) }];
  };
}

function isOver(entry: Entry, key: Entry, source: readonly Entry[]): boolean {
  if (entry.kindName === "ApiKey") return entry === key;
  const project = projectOf(key, source);
  if (entry.kindName === "EnvironmentLimit") return (key.given.environment ?? project?.given.environment) === entry.given.environment;
  if (entry.owner === undefined && entry.given.project === undefined) return true;
  return project !== undefined && projectOf(entry, source) === project;
}

function projectOf(entry: Entry, source: readonly Entry[]): Entry | undefined {
  if (entry.owner !== undefined) return source.find(({ name }) => name === entry.owner?.name);
  return source.find(({ kindName, key }) => kindName === "Project" && key === entry.given.project);
}
