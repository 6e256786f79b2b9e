import type { KindName } from "../../../schema/kinds/index.js";
import { isKnown, known, type SeenObject, UNKNOWN, type Unknown } from "../../policies/seen.js";
import type { StackView } from "../../policies/stack-view.js";
import type { Limit } from "./limit.js";
import type { PlaneObjects } from "./plane-objects.js";
import { projectNamed } from "./project-name.js";
import { usageLimits } from "./usage-limits.js";

/** Limits that several keys share, by the project they hold in; those of the organization under undefined. */
export type LimitsByProject = ReadonlyMap<string | undefined, readonly Limit[]>;

/** What budgets, models and tiers of a control plane mean for its keys. What belongs to a project nobody knows yet says nothing. */
export function sharedLimits(view: StackView, plane: PlaneObjects): LimitsByProject {
  const limits = new Map<string | undefined, Limit[]>();
  const collect = <N extends KindName>(kind: N, limitsOf: (object: SeenObject<N>) => readonly Limit[]) => {
    for (const object of plane.of(kind)) {
      const place = placeOf(view, object);
      if (place !== UNKNOWN) append(limits, place, limitsOf(object));
    }
  };
  collect("Organization", ({ inputs }) => ceiling("requests per minute", inputs.requestsPerMinute, "organization"));
  collect("Budget", budgetLimits);
  collect("Model", modelLimits);
  collect("RoutingTier", tierReach);
  for (const [place, models] of registeredModels(view, plane)) {
    const from = place === undefined ? "organization" : "project";
    append(limits, place, [{ what: "models", rule: "reach", value: models.toSorted(), from }]);
  }
  return limits;
}

/** Ceilings of the environment classes. */
export function environmentLimits(limits: readonly SeenObject<"EnvironmentLimit">[]): ReadonlyMap<string, readonly Limit[]> {
  return new Map(
    limits.flatMap(({ inputs }) => {
      const { environment, requestsPerMinute, monthlyUsd } = inputs;
      if (!isKnown(environment)) return [];
      const from = `environment ${environment}`;
      return [[environment, [...ceiling("requests per minute", requestsPerMinute, from), ...ceiling("USD per month", monthlyUsd, from)]]];
    }),
  );
}

function budgetLimits({ name, inputs }: SeenObject<"Budget">): readonly Limit[] {
  const { name: called, amountUsd, period, onBreach, team } = inputs;
  const from = `budget ${known(called) ?? name}${isKnown(team) ? ` of team ${team}` : ""}`;
  return ceiling(`USD per ${known(period) ?? "period"}`, amountUsd, from, known(onBreach));
}

function modelLimits(model: SeenObject<"Model">): readonly Limit[] {
  const identifier = identifierOf(model);
  return usageLimits(known(model.inputs.limits) ?? [], identifier, `model ${identifier}`);
}

function tierReach({ name, inputs }: SeenObject<"RoutingTier">): readonly Limit[] {
  const models = [inputs.model, ...(known(inputs.fallbacks) ?? [])].filter((model) => typeof model === "string");
  return [{ what: `tier ${known(inputs.tier) ?? name}`, rule: "reach", value: models, from: "routing" }];
}

/** Identifiers of the models that are registered, by project. */
function registeredModels(view: StackView, plane: PlaneObjects): ReadonlyMap<string | undefined, readonly string[]> {
  const registered = new Map<string | undefined, string[]>();
  for (const model of plane.of("Model")) {
    const place = placeOf(view, model);
    if (place !== UNKNOWN) append(registered, place, [identifierOf(model)]);
  }
  return registered;
}

function identifierOf({ name, inputs }: SeenObject<"Model">): string {
  return known(inputs.identifier) ?? name;
}

function placeOf(view: StackView, object: SeenObject): string | undefined | Unknown {
  const name = projectNamed(view, object, "project");
  return name === undefined && (object.inputs as Readonly<Record<string, unknown>>).project === UNKNOWN ? UNKNOWN : name;
}

function ceiling(what: string, value: number | Unknown | undefined, from: string, effect?: string): readonly Limit[] {
  return value === undefined ? [] : [{ what, rule: "ceiling", value: known(value), effect, from }];
}

function append<K, T>(map: Map<K, T[]>, key: K, values: readonly T[]): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [...values]);
  else list.push(...values);
}
