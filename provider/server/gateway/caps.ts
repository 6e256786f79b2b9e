import { capReached, tooMany } from "../refusal.js";
import { keyStatus } from "../rules/api-key.js";
import type { UsageScope } from "../store/usage.js";
import type { Call, Gateway } from "./call.js";
import { secondsToNextHour, startOfMonth } from "./periods.js";

interface MonthlyCap {
  /** Name under which it is remembered that the cap was reached. */
  readonly name: string;
  readonly scope: UsageScope;
  readonly whose: string;
  readonly usd: number;
}

/** Throws when a spending cap is reached: the key's of the hour, the key's or its environment's of the month. */
export function refuseOverCap(gateway: Gateway, call: Call): void {
  if (keyStatus(gateway, call.key) === "paused") {
    const detail = `key "${call.key.body.name}" reached its cap of ${call.key.body.hourlyUsd} USD and is paused until the hour is over`;
    throw tooMany(detail, secondsToNextHour(gateway.now), "circuit_open");
  }
  for (const cap of monthlyCaps(gateway, call)) {
    if (!isClosed(gateway, cap)) continue;
    throw capReached(`${cap.whose} reached the cap of ${cap.usd} USD a month: raise it, or wait for the next month`);
  }
}

/** Remembers the caps that a booked request reached, for the time after a cap was raised only a little. */
export function rememberReachedCaps(gateway: Gateway, call: Call): void {
  for (const cap of monthlyCaps(gateway, call)) isClosed(gateway, cap);
}

/** Once reached, a cap stays closed until spend is below the release share of it: it does not flutter around its limit. */
function isClosed({ store, profile, now }: Gateway, cap: MonthlyCap): boolean {
  const spent = store.usage.spentUsd(cap.scope, startOfMonth(now));
  const releaseBelow = store.usage.isCapReached(cap.name) ? cap.usd * profile.capReleaseShare : cap.usd;
  const closed = spent >= releaseBelow;
  store.usage.markCap(cap.name, closed);
  return closed;
}

function monthlyCaps({ store }: Gateway, { key, environment }: Call): MonthlyCap[] {
  const ofEnvironment = environment === undefined ? undefined : store.objects.get("EnvironmentLimit", environment)?.body.monthlyUsd;
  const caps: MonthlyCap[] = [];
  if (typeof key.body.monthlyUsd === "number" && key.body.onBreach !== "warn") {
    caps.push({ name: `key:${key.id}`, scope: { key: key.id }, whose: `key "${key.body.name}"`, usd: key.body.monthlyUsd });
  }
  if (environment !== undefined && typeof ofEnvironment === "number") {
    caps.push({ name: `environment:${environment}`, scope: { environment }, whose: `the environment ${environment}`, usd: ofEnvironment });
  }
  return caps;
}
