import { tooMany } from "../refusal.js";
import type { UsageScope, UsageStep } from "../store/usage.js";
import type { Call, Gateway } from "./call.js";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "./periods.js";

interface Rate {
  readonly scope: UsageScope;
  readonly whose: string;
  readonly unit: "requests" | "tokens";
  readonly limit: unknown;
  readonly windowMs: number;
}

/** Throws when a rate is used up: the key's, that of all keys of its environment, the organization's. The windows slide. */
export function refuseOverRate(gateway: Gateway, call: Call): void {
  for (const rate of ratesOf(gateway, call)) {
    if (typeof rate.limit !== "number") continue;
    const now = gateway.now.getTime();
    const steps = gateway.store.usage.steps(rate.scope, now - rate.windowMs);
    const freeAt = nextFree(steps, rate.unit, rate.limit);
    if (freeAt === undefined) continue;
    throw tooMany(
      `${rate.whose} has used its ${rate.limit} ${rate.unit} in ${rate.windowMs / 1000} seconds`,
      (freeAt + rate.windowMs - now) / 1000,
    );
  }
}

/** Time of the step that must leave the window before another request fits; undefined when one fits now. */
function nextFree(steps: readonly UsageStep[], unit: Rate["unit"], limit: number): number | undefined {
  const size = (step: UsageStep) => (unit === "requests" ? 1 : step.tokens);
  let used = steps.reduce((sum, step) => sum + size(step), 0);
  let freeAt: number | undefined;
  for (const step of steps) {
    if (used < limit) break;
    used -= size(step);
    freeAt = step.at;
  }
  return freeAt;
}

function ratesOf({ store }: Gateway, { key, environment }: Call): Rate[] {
  const rates = (key.body.rates ?? {}) as Record<string, unknown>;
  const ofKey = { scope: { key: key.id }, whose: `key "${key.body.name}"` };
  const [requests, tokens] = [
    { ...ofKey, unit: "requests" as const },
    { ...ofKey, unit: "tokens" as const },
  ];
  const ofEnvironment = environment === undefined ? undefined : store.objects.get("EnvironmentLimit", environment);
  const [organization] = store.objects.ofKind("Organization");
  return [
    { ...requests, limit: rates.requestsPerMinute, windowMs: MINUTE_MS },
    { ...requests, limit: rates.requestsPerHour, windowMs: HOUR_MS },
    { ...requests, limit: rates.requestsPerDay, windowMs: DAY_MS },
    { ...tokens, limit: rates.tokensPerMinute, windowMs: MINUTE_MS },
    { ...tokens, limit: rates.tokensPerHour, windowMs: HOUR_MS },
    { ...tokens, limit: rates.tokensPerDay, windowMs: DAY_MS },
    {
      scope: environment === undefined ? {} : { environment },
      whose: `the environment ${environment}`,
      unit: "requests",
      limit: ofEnvironment?.body.requestsPerMinute,
      windowMs: MINUTE_MS,
    },
    { scope: {}, whose: "the organization", unit: "requests", limit: organization?.body.requestsPerMinute, windowMs: MINUTE_MS },
  ];
}
