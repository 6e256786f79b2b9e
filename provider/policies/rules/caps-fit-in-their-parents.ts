import { budgetScope, environmentScope, organizationScope, type Scope, scopesOver } from "../cap-scopes.js";
import {
  byAmount,
  type Cap,
  capsOfBudget,
  capsOfEnvironment,
  capsOfKey,
  capsOfOrganization,
  countsIn,
  type DeclaredCap,
  HOURLY,
  isKnownCap,
  MONTHLY,
} from "../caps.js";
import { defineRule, type Violation } from "../rule.js";
import type { SeenObject } from "../seen.js";
import type { StackView } from "../stack-view.js";

export const capsFitInTheirParents = defineRule({
  name: "caps-fit-in-their-parents",
  title: "No cap is above one that stands over it for as long or longer",
  why: "A cap above its parent's never acts: the parent stops everybody else first.",
  enforces: ["F-53"],
  level: "mandatory",
  settings: {},
  check: (view) => {
    const parents = tightestByScope(view);
    const above = (caps: readonly DeclaredCap[], scopes: readonly Scope[]) =>
      caps.filter(isKnownCap).flatMap((cap) =>
        scopes.flatMap((scope) =>
          exceeding(
            cap,
            parents.get(scope)?.find((parent) => countsIn(cap, parent)),
          ),
        ),
      );
    return [
      ...view.of("ApiKey").flatMap((key) => [...hourAboveMonth(key), ...above(capsOfKey(key), scopesOver(view, key))]),
      ...view.of("EnvironmentLimit").flatMap((limit) => above(capsOfEnvironment(limit), [organizationScope(limit)])),
      ...view.of("Budget").flatMap((budget) => (isChild(view, budget) ? above(capsOfBudget(budget), [organizationScope(budget)]) : [])),
    ];
  },
  example: {
    bad: `projects:
  checkout:
    name: Checkout
    budgets: { month: { amountUsd: 500, period: month, onBreach: block } }
    keys: { checkout-dev: { environment: development, monthlyUsd: 900 } }`,
    good: `projects:
  checkout:
    name: Checkout
    launch: { owner: lin@acme.example }
    budgets: { month: { amountUsd: 500, period: month, onBreach: block } }
    keys: { checkout-dev: { environment: development, monthlyUsd: 400 } }`,
  },
});

/** The lowest cap of each measure by scope: whoever keeps that one keeps the others. */
function tightestByScope(view: StackView): ReadonlyMap<Scope, readonly Cap[]> {
  const tightest = new Map<Scope, Map<string, Cap>>();
  const add = (scope: unknown, caps: readonly DeclaredCap[]) => {
    if (typeof scope !== "string") return;
    const own = tightest.get(scope) ?? new Map<string, Cap>();
    tightest.set(scope, own);
    for (const cap of caps.filter(isKnownCap)) {
      const former = own.get(cap.measure);
      if (former === undefined || byAmount(cap, former) < 0) own.set(cap.measure, cap);
    }
  };
  for (const one of view.of("Organization")) add(organizationScope(one), capsOfOrganization(one));
  for (const one of view.of("Budget")) add(budgetScope(view, one), capsOfBudget(one));
  for (const one of view.of("EnvironmentLimit")) {
    const { environment } = one.inputs;
    add(typeof environment === "string" ? environmentScope(one, environment) : undefined, capsOfEnvironment(one));
  }
  return new Map([...tightest].map(([scope, caps]) => [scope, [...caps.values()].sort(byAmount)]));
}

function isChild(view: StackView, budget: SeenObject<"Budget">): boolean {
  return budgetScope(view, budget) !== organizationScope(budget);
}

function exceeding(cap: Cap, parent: Cap | undefined): readonly Violation[] {
  if (parent === undefined || cap.amount <= parent.amount) return [];
  const { object, property, measure, amount } = cap;
  const bound = parent.measure === measure ? parent.amount : `${parent.amount} ${parent.measure}`;
  return [
    {
      object,
      property,
      what: `has ${amount} ${measure}, above the ${bound} of ${parent.object.kind} ${parent.object.name}`,
      advice: `Write at most ${parent.amount}, or raise ${parent.property} of ${parent.object.name}.`,
    },
  ];
}

function hourAboveMonth(key: SeenObject<"ApiKey">): readonly Violation[] {
  const caps = capsOfKey(key).filter(isKnownCap);
  const hour = caps.find(({ measure }) => measure === HOURLY);
  const month = caps.find(({ measure }) => measure === MONTHLY);
  if (hour === undefined || month === undefined || hour.amount <= month.amount) return [];
  return [
    {
      object: key,
      property: hour.property,
      what: `may spend ${hour.amount} US dollars in one hour, above its own ${month.amount} of a whole month`,
      advice: `Write hourlyUsd of at most ${month.amount}, or raise monthlyUsd.`,
    },
  ];
}
