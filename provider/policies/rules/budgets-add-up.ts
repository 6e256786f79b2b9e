import { budgetScope, organizationScope } from "../cap-scopes.js";
import { type Cap, capsOfBudget, countsIn, isKnownCap } from "../caps.js";
import { namesOf } from "../projects.js";
import { defineRule, type Violation } from "../rule.js";
import type { SeenObject } from "../seen.js";

export const budgetsAddUp = defineRule({
  name: "budgets-add-up",
  title: "The projects' budgets together are no more than the organization's",
  why: "Whoever shares out more than there is lets the last project find nothing left, though it kept to its own budget.",
  enforces: ["F-53"],
  level: "advisory",
  settings: {},
  check: (view) => {
    const isShared = (budget: SeenObject<"Budget">) => budgetScope(view, budget) === organizationScope(budget);
    const children = view.of("Budget").filter((budget) => budget.inputs.project !== undefined);
    return view.of("Budget").flatMap((budget) => (isShared(budget) ? capsOf(budget).flatMap((cap) => sharedOut(cap, children)) : []));
  },
  example: {
    bad: `budgets: { all: { amountUsd: 5000, period: month, onBreach: block } }
projects:
  checkout: { name: Checkout, budgets: { month: { amountUsd: 4000, period: month, onBreach: block } } }
  search: { name: Search, budgets: { month: { amountUsd: 4000, period: month, onBreach: block } } }`,
    good: `budgets: { all: { amountUsd: 5000, period: month, onBreach: block } }
projects:
  checkout: { name: Checkout, launch: { owner: lin@acme.example }, budgets: { month: { amountUsd: 2500, period: month, onBreach: block } } }
  search: { name: Search, launch: { owner: kim@acme.example }, budgets: { month: { amountUsd: 2500, period: month, onBreach: block } } }`,
  },
});

function capsOf(budget: SeenObject<"Budget">): readonly Cap[] {
  return capsOfBudget(budget).filter(isKnownCap);
}

/** One budget alone above the organization's is told by `caps-fit-in-their-parents`. */
function sharedOut(cap: Cap, budgets: readonly SeenObject<"Budget">[]): readonly Violation[] {
  const { object, property, amount, measure } = cap;
  const below = budgets.filter(({ controlPlane }) => controlPlane === object.controlPlane).flatMap(capsOf);
  const counted = below.filter((one) => countsIn(one, cap));
  const sum = counted.reduce((total, one) => total + one.amount, 0);
  if (sum <= amount || counted.some((one) => one.amount > amount)) return [];
  const projects = namesOf(counted.map((one) => one.object));
  return [
    {
      object,
      property,
      what: `has ${amount} ${measure}, and the projects' budgets within it (${projects}) come to ${sum}`,
      advice: `Lower them to ${amount} together, or raise this one.`,
    },
  ];
}
