import type { Draft, DraftEntry } from "../draft.js";
import { inProject } from "../named.js";
import { offers } from "../offers.js";
import type { Translation } from "./translation.js";

type Window = Readonly<Record<string, string | number>>;

/** Caps of a key as limits of a metric in a window, with how an amount becomes one that can be declared, downwards. */
const CAPS: Readonly<Record<string, { readonly window: Window; readonly round: (amount: number) => number }>> = {
  hourlyUsd: { window: { metric: "cost", windowType: "period", period: "hourly" }, round: cents },
  monthlyUsd: { window: { metric: "cost", windowType: "period", period: "monthly" }, round: cents },
  "rates.requestsPerMinute": { window: rolling("calls", "minute"), round: Math.floor },
  "rates.requestsPerHour": { window: rolling("calls", "hour"), round: Math.floor },
  "rates.requestsPerDay": { window: rolling("calls", "day"), round: Math.floor },
  "rates.tokensPerMinute": { window: rolling("totalTokens", "minute"), round: Math.floor },
  "rates.tokensPerHour": { window: rolling("totalTokens", "hour"), round: Math.floor },
  "rates.tokensPerDay": { window: rolling("totalTokens", "day"), round: Math.floor },
};

/** A cap of a key where the target has limits per model alone: shared out to the models that its project routes to, and no more together. */
export const limitsPerModel: Translation = (draft, { target }) => {
  if (!offers(target, "ApiKey", "limits")) return;
  for (const project of draft.entries("Project")) {
    const models = routedModels(draft, project);
    if (models.length === 0) continue;
    for (const key of inProject(draft, "ApiKey", project).filter(({ given }) => given.limits === undefined && given.onBreach !== "warn")) {
      const own = Object.entries(CAPS).flatMap(([field, cap]) => {
        const amount = valueAt(key, field);
        const share = typeof amount === "number" && !offers(target, "ApiKey", field) ? cap.round(amount / models.length) : 0;
        return share > 0 ? [{ field, amount, limit: { ...cap.window, value: share } }] : [];
      });
      if (own.length === 0) continue;
      const limits = own.map(({ limit }) => limit);
      draft.set(
        key,
        "limits",
        models.map((model) => ({ model, mode: "extend", limits })),
      );
      for (const { field, amount, limit } of own) {
        const why =
          models.length === 1
            ? "its project routes to one model"
            : `shared out to the ${models.length} models of its project, no more together`;
        draft.tell(key, {
          field,
          result: "translated",
          from: amount,
          to: limit,
          why,
          ...(models.length === 1 ? {} : { weight: "tighter" as const }),
        });
        draft.unset(key, field);
      }
    }
  }
};

function routedModels(draft: Draft, project: DraftEntry): readonly string[] {
  const routed = inProject(draft, "RoutingPolicy", project).flatMap(({ given }) => (Array.isArray(given.models) ? given.models : []));
  return [...new Set(routed.map(({ model }: { model?: unknown }) => String(model)))];
}

function valueAt({ given }: DraftEntry, path: string): unknown {
  return path.split(".").reduce<unknown>((value, step) => (value as Readonly<Record<string, unknown>> | undefined)?.[step], given);
}

function rolling(metric: string, rollingUnit: string): Window {
  return { metric, windowType: "rolling", rollingAmount: 1, rollingUnit };
}

function cents(amount: number): number {
  return Math.floor(amount * 100) / 100;
}
