import { expect, it } from "vitest";
import { budgetsAddUp } from "../../provider/policies/rules/budgets-add-up.js";
import { ruleCases, told } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

const stack = (all: string, ...projects: readonly string[]) => `
budgets: { all: { ${all} } }
projects:
${projects.map((budget, index) => `  p${index}: { name: Product ${index}, budgets: { own: { ${budget} } } }`).join("\n")}`;

ruleCases(budgetsAddUp, {
  passes: stack("amountUsd: 5000, period: month", "amountUsd: 2500, period: month", "amountUsd: 2500, period: month"),
  fails: stack("amountUsd: 5000, period: month", "amountUsd: 5000, period: month", "amountUsd: 5000, period: month"),
  message:
    "Budget budgets/all (amountUsd) has 5000 US dollars a month, and the projects' budgets within it (own, own) come to 10000. Whoever shares out more than there is lets the last project find nothing left, though it kept to its own budget. Lower them to 5000 together, or raise this one.",
  unknown: ["budgets/all#amountUsd"],
});

const judged = (text: string, ...unknown: readonly string[]) => told(budgetsAddUp, viewOf(text, "gatehouse", unknown));

it("budgets-add-up counts what is known of the projects, over times that end within the organization's", () => {
  const text = stack(
    "amountUsd: 50, period: month",
    "amountUsd: 30, period: week",
    "amountUsd: 30, period: month",
    "amountUsd: 30, period: year",
  );
  expect(judged(text)).toEqual([expect.stringMatching(/^advisory: .* come to 60\./)]);
  expect(judged(text, "projects/p0/budgets/own#amountUsd")).toEqual([]);
});

it("budgets-add-up leaves one budget that is too high alone to the rule about that, and each control plane to itself", () => {
  expect(judged(stack("amountUsd: 50, period: month", "amountUsd: 60, period: month"))).toEqual([]);
  expect(
    judged(`controlPlanes: { one: { system: gatehouse }, two: { system: gatehouse } }
budgets: { all: { amountUsd: 50, period: month, on: [one] } }
projects:
  a: { name: A, on: [one], budgets: { own: { amountUsd: 30, period: month } } }
  b: { name: B, on: [two], budgets: { own: { amountUsd: 30, period: month } } }`),
  ).toEqual([]);
});
