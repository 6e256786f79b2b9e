import type { InputsOf } from "../../../schema/kind.js";
import type { KINDS } from "../../../schema/kinds/index.js";
import { known, type SeenObject, UNKNOWN, type Unknown } from "../../policies/seen.js";
import { endLimit } from "./in-force.js";
import type { Limit } from "./limit.js";
import { usageLimits } from "./usage-limits.js";

const FROM = "key";

/** The limits that a key itself carries. */
export function keyLimits({ inputs }: SeenObject<"ApiKey">): readonly Limit[] {
  const { rates, models, hourlyUsd, monthlyUsd, onBreach, ipAllowList, limits, expiresAt } = inputs;
  return [
    ...ceiling("USD per hour", hourlyUsd, "pause"),
    ...ceiling("USD per month", monthlyUsd, known(onBreach)),
    ...Object.entries(known(rates) ?? {}).flatMap(([rate, value]) => ceiling(inWords(rate), value)),
    ...listed("only", "models", known(models)?.allowed),
    ...listed("never", "models", known(models)?.blocked),
    ...listed("only", "addresses", ipAllowList),
    ...(known(limits) ?? []).flatMap(perModel),
    ...endLimit(expiresAt, FROM),
  ];
}

type PerModel = NonNullable<InputsOf<(typeof KINDS)["ApiKey"]>["limits"]>[number];

/** `replace` and `disable` lift the model's own limits, and `replace` without limits is as if it were not there. */
function perModel({ model, mode = "replace", limits = [] }: PerModel): readonly Limit[] {
  const lifts = mode === "disable" || (mode === "replace" && limits.length > 0);
  const lifted: Limit = { what: `limits of the model ${String(model)}`, rule: "lifted", value: undefined, from: FROM, model };
  return [...(lifts ? [lifted] : []), ...(mode === "disable" ? [] : usageLimits(limits, model, FROM))];
}

function ceiling(what: string, value: number | Unknown | undefined, effect?: string): readonly Limit[] {
  return value === undefined ? [] : [{ what, rule: "ceiling", value: known(value), effect, from: FROM }];
}

function listed(rule: "only" | "never", what: string, values: readonly string[] | Unknown | undefined): readonly Limit[] {
  if (values === undefined) return [];
  const each: readonly (string | Unknown)[] | undefined = known(values);
  return [{ what, rule, value: each?.map((value) => (value === UNKNOWN ? "(known after apply)" : value)).toSorted(), from: FROM }];
}

/** `requestsPerMinute` as `requests per minute`. */
function inWords(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
