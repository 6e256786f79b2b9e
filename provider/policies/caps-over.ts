import { budgetScope, environmentScope, organizationScope, type Scope, scopesOver } from "./cap-scopes.js";
import { stopsSpending } from "./caps.js";
import { limitedPerModel } from "./limited-per-model.js";
import { type SeenObject, UNKNOWN } from "./seen.js";
import type { StackView } from "./stack-view.js";

/** Whether something stops a key. What is unknown yet counts as a cap: it may be one. */
interface Capped {
  readonly cost: boolean;
  readonly rate: boolean;
}

/** Tells of a key whether it, or anything that stands over it, has a cap. */
export function capsOver(view: StackView): (key: SeenObject<"ApiKey">) => Capped {
  const cost = new Covered();
  const rate = new Covered();
  for (const budget of view.of("Budget")) if (stopsSpending(budget) !== false) cost.add(budget, budgetScope(view, budget));
  for (const limit of view.of("EnvironmentLimit")) {
    const { environment, monthlyUsd, requestsPerMinute } = limit.inputs;
    const scope = typeof environment === "string" ? environmentScope(limit, environment) : UNKNOWN;
    if (monthlyUsd !== undefined) cost.add(limit, scope);
    if (requestsPerMinute !== undefined) rate.add(limit, scope);
  }
  for (const one of view.of("Organization")) if (one.inputs.requestsPerMinute !== undefined) rate.add(one, organizationScope(one));
  const perModel = limitedPerModel(view);
  return (key) => {
    const { hourlyUsd, monthlyUsd, onBreach, rates } = key.inputs;
    const scopes = scopesOver(view, key);
    const limited = perModel(key);
    const stopsByMonth = monthlyUsd !== undefined && onBreach !== "warn";
    const mayBelongAnywhere = key.inputs.project === UNKNOWN && view.projectOf(key) === undefined;
    return {
      cost: hourlyUsd !== undefined || stopsByMonth || mayBelongAnywhere || cost.has(key, scopes) || limited.cost,
      rate: hasMembers(rates) || rate.has(key, scopes) || limited.rate,
    };
  };
}

/** Scopes with a cap. One of an unknown scope may be over every key of its control plane. */
class Covered {
  readonly #scopes = new Set<Scope>();
  readonly #anywhere = new Set<string>();

  add({ controlPlane }: SeenObject, scope: Scope | typeof UNKNOWN | undefined): void {
    if (scope === UNKNOWN) this.#anywhere.add(controlPlane);
    else if (scope !== undefined) this.#scopes.add(scope);
  }

  has({ controlPlane }: SeenObject, scopes: readonly Scope[]): boolean {
    return this.#anywhere.has(controlPlane) || scopes.some((scope) => this.#scopes.has(scope));
  }
}

function hasMembers(rates: unknown): boolean {
  return rates === UNKNOWN || (typeof rates === "object" && rates !== null && Object.keys(rates).length > 0);
}
