import { projectScope } from "../cap-scopes.js";
import { byAmount, type Cap, capsOfEnvironment, capsOfKey, type DeclaredCap, isKnownCap, PER_MINUTE } from "../caps.js";
import { defineRule, type Violation } from "../rule.js";
import { isKnown, type SeenObject, UNKNOWN } from "../seen.js";
import type { StackView } from "../stack-view.js";

/** A cap with where it applies. Caps of one group may be compared. */
interface Placed {
  readonly cap: DeclaredCap;
  readonly environment: string;
  readonly group: string;
  /** True when production and the other environment are compared without being known to serve the same product. */
  readonly isLoose?: boolean;
}

/** Olyx asks for tighter caps in production (O-29) and in staging and ci (O-39): of one product, the tests have the lower ones. */
export const stagingIsTighterThanProduction = defineRule({
  name: "staging-is-tighter-than-production",
  title: "Development, staging and ci have lower caps than production",
  why: "A test that runs away must never be able to spend what the real traffic may.",
  enforces: ["O-31", "O-39"],
  level: "mandatory",
  settings: {},
  check: (view) => {
    const placed = [...view.of("EnvironmentLimit").flatMap(ofEnvironment), ...view.of("ApiKey").flatMap((key) => ofKey(view, key))];
    const bounds = productionBounds(placed);
    return placed.flatMap((one) => (["production", "unknown"].includes(one.environment) ? [] : tooHigh(one, bounds.get(slot(one)))));
  },
  example: {
    bad: "environmentLimits: { staging: { monthlyUsd: 3000 }, production: { monthlyUsd: 2000 } }",
    good: "environmentLimits: { staging: { monthlyUsd: 200 }, production: { monthlyUsd: 2000 } }",
  },
});

function ofEnvironment(limit: SeenObject<"EnvironmentLimit">): readonly Placed[] {
  const environment = limit.inputs.environment === UNKNOWN ? "unknown" : limit.inputs.environment;
  const group = `${limit.controlPlane}\nenvironments`;
  return environment === undefined ? [] : capsOfEnvironment(limit).map((cap) => ({ cap, environment, group }));
}

/** A key stands in its project's group; where projects are environments, in that of all such projects, which is no proof of anything. */
function ofKey(view: StackView, key: SeenObject<"ApiKey">): readonly Placed[] {
  const found = view.environmentOf(key);
  const project = projectScope(view, key);
  if (found === undefined || typeof project !== "string") return [];
  const environment = found === UNKNOWN ? "unknown" : found;
  const isEnvironment = key.inputs.environment === undefined && isKnown(view.projectOf(key)?.inputs.environment);
  return capsOfKey(key).flatMap((cap) => [
    { cap, environment, group: project },
    ...(isEnvironment ? [{ cap, environment, group: `${key.controlPlane}\nprojects`, isLoose: true }] : []),
  ]);
}

/** The highest production cap of each group. None where one that is unknown, or of an unknown environment, may be higher. */
function productionBounds(placed: readonly Placed[]): ReadonlyMap<string, Cap> {
  const bounds = new Map<string, Cap>();
  for (const one of placed.filter(({ environment }) => environment === "production")) {
    const { cap } = one;
    const former = bounds.get(slot(one));
    if (isKnownCap(cap) && (former === undefined || byAmount(former, cap) < 0)) bounds.set(slot(one), cap);
  }
  for (const one of placed.filter(({ environment }) => environment === "production" || environment === "unknown")) {
    if (!isKnownCap(one.cap) || one.cap.amount > (bounds.get(slot(one))?.amount ?? -1)) bounds.delete(slot(one));
  }
  return bounds;
}

function slot({ group, cap }: Placed): string {
  return `${group}\n${cap.measure}`;
}

function tooHigh({ cap, environment, isLoose = false }: Placed, bound: Cap | undefined): readonly Violation[] {
  if (bound === undefined || !isKnownCap(cap) || cap.amount < bound.amount) return [];
  const { object, property, measure, amount } = cap;
  const isEqual = amount === bound.amount;
  const relation = isEqual ? "no less than production's" : `above production's ${bound.amount}`;
  return [
    {
      object,
      property,
      what: `gives ${environment} ${amount} ${measure}, ${relation} in ${bound.object.name}`,
      advice: `Write ${property} below ${bound.amount}.`,
      // Load tests need rates like the real ones.
      ...(isEqual || isLoose || measure === PER_MINUTE ? { onlyAdvice: "unlessAsked" } : {}),
    },
  ];
}
