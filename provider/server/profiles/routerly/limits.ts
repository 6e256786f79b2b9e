import type { Limit, ModelRecord, ProjectRecord, TokenRecord, UseRecord } from "./records.js";

const UNIT_MS: Readonly<Record<string, number>> = {
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
  month: 30 * 86_400_000,
};

const METRIC: Readonly<Record<string, (use: UseRecord) => number>> = {
  cost: (use) => use.cost,
  calls: () => 1,
  input_tokens: (use) => use.inputTokens,
  output_tokens: (use) => use.outputTokens,
};
const totalTokens = (use: UseRecord): number => use.inputTokens + use.outputTokens;

/** The limits under which a token calls a model: the model's, unless the token overrides them. */
export function limitsFor(model: ModelRecord, token: TokenRecord): readonly Limit[] {
  const inherited = model.limits ?? [];
  const override = (token.models ?? []).find(({ modelId }) => modelId === model.id);
  if (override === undefined) return inherited;
  if (override.limitsMode === "disable") return [];
  const own = override.limits ?? [];
  if (own.length === 0) return inherited;
  return override.limitsMode === "extend" ? [...inherited, ...own] : own;
}

/** True when usage of the project and model together has reached a limit. */
export function isBlocked(
  limits: readonly Limit[],
  usage: readonly UseRecord[],
  project: ProjectRecord,
  model: ModelRecord,
  now: Date,
): boolean {
  const own = usage.filter((use) => use.projectId === project.id && use.modelId === model.id);
  return limits.some((limit) => {
    if (typeof limit.value !== "number") return false;
    const measure = METRIC[limit.metric ?? ""] ?? totalTokens;
    const since = startOf(limit, now);
    return own.filter(({ at }) => at >= since).reduce((sum, use) => sum + measure(use), 0) >= limit.value;
  });
}

function startOf({ windowType, period = "daily", rollingAmount = 1, rollingUnit = "day" }: Limit, now: Date): number {
  if (windowType === "rolling") return now.getTime() - rollingAmount * (UNIT_MS[rollingUnit] ?? (UNIT_MS.day as number));
  return (PERIOD_STARTS[period] ?? startOfDay)(now).getTime();
}

// In the server's own time zone, weeks from Monday.
const startOfDay = (now: Date): Date => new Date(now.getFullYear(), now.getMonth(), now.getDate());
const PERIOD_STARTS: Readonly<Record<string, (now: Date) => Date>> = {
  hourly: (now) => new Date(now.getFullYear(), now.getMonth(), now.getDate(), now.getHours()),
  daily: startOfDay,
  weekly: (now) => new Date(now.getFullYear(), now.getMonth(), now.getDate() - ((now.getDay() + 6) % 7)),
  monthly: (now) => new Date(now.getFullYear(), now.getMonth()),
  yearly: (now) => new Date(now.getFullYear(), 0),
};
