import type { InputsOf } from "../../../schema/kind.js";
import type { KINDS } from "../../../schema/kinds/index.js";
import { known } from "../../policies/seen.js";
import type { Limit } from "./limit.js";

type UsageLimit = NonNullable<InputsOf<(typeof KINDS)["Model"]>["limits"]>[number];

const METRICS: Readonly<Record<string, string>> = {
  cost: "USD",
  calls: "calls",
  inputTokens: "input tokens",
  outputTokens: "output tokens",
  totalTokens: "tokens",
};

/** Ceilings on the use of one model. */
export function usageLimits(limits: readonly UsageLimit[], model: string, from: string): readonly Limit[] {
  return limits.map((limit) => ({
    what: `${METRICS[limit.metric] ?? limit.metric} ${windowOf(limit)} of ${model}`,
    rule: "ceiling",
    value: known(limit.value),
    from,
    model,
  }));
}

function windowOf({ windowType, period = "daily", rollingAmount = 1, rollingUnit = "day" }: UsageLimit): string {
  return windowType === "rolling" ? `in ${rollingAmount} ${rollingUnit}` : period;
}
