import { describe, expect, it } from "vitest";
import { UNKNOWN } from "../../../schema/unknown.js";
import { created, deleted, kept, updated } from "../../gates/support/plan.js";
import { linesIn } from "../support/report-of-plan.js";

const CHECKOUT = kept("Project", "projects/checkout", { name: "Checkout AI", slug: "checkout" }, { id: "p1" });
const key = (before: object, after: object) => [
  CHECKOUT,
  updated("ApiKey", "keys/a", { name: "a", project: "p1", ...before }, { ...after }),
];

describe("lines about limits", () => {
  it.each([
    [
      "rates",
      key({ rates: { requestsPerMinute: 10 } }, { rates: { requestsPerMinute: 5 } }),
      "low: keys/a: rates.requestsPerMinute falls: 10 → 5 requests a minute, ×0.5",
    ],
    ["fractions", key({ monthlyUsd: 1000 }, { monthlyUsd: 1500.5 }), "medium: keys/a: monthlyUsd rises: 1,000 → 1,500.5 USD a month, ×1.5"],
    ["a cap of nothing, without a factor", key({ hourlyUsd: 0 }, { hourlyUsd: 1 }), "high: keys/a: hourlyUsd rises: 0 → 1 USD an hour"],
    ["a first cap", key({}, { hourlyUsd: 1 }), "low: keys/a: hourlyUsd is new: 1 USD an hour"],
    [
      "all rates unknown",
      key({ rates: { tokensPerDay: 9 } }, { rates: UNKNOWN }),
      "high: keys/a: rates.tokensPerDay: 9 tokens a day → (known after apply)",
    ],
    [
      "one model's limit",
      key(
        { limits: [{ model: "x", limits: [{ metric: "cost", value: 1 }] }] },
        { limits: [{ model: "x", limits: [{ metric: "cost", value: 9 }] }] },
      ),
      "high: keys/a: limits[x].limits[cost].value rises: 1 → 9, ×9",
    ],
    [
      "an environment's ceiling",
      [updated("EnvironmentLimit", "environmentLimits/production", { environment: "production", monthlyUsd: 2000 }, { monthlyUsd: 3000 })],
      "medium: environmentLimits/production: monthlyUsd rises: 2,000 → 3,000 USD a month, ×1.5",
    ],
  ])("tell %s", (_, steps, line) => {
    expect(linesIn("limits", steps)).toEqual([line]);
    expect(linesIn("rest", steps)).toEqual([]);
  });

  it("tell each ceiling of an object, and what else changes in the rest", () => {
    const steps = key({ hourlyUsd: 1, monthlyUsd: 100 }, { hourlyUsd: 2, monthlyUsd: 50, description: "batch" });
    expect(linesIn("limits", steps)).toEqual([
      "medium: keys/a: hourlyUsd rises: 1 → 2 USD an hour, ×2",
      "low: keys/a: monthlyUsd falls: 100 → 50 USD a month, ×0.5",
    ]);
    expect(linesIn("rest", steps)).toEqual(["low: ApiKey keys/a changes: description"]);
  });

  it("leave the caps of a new and of a former key to the key", () => {
    expect(linesIn("limits", [CHECKOUT, created("ApiKey", "keys/a", { name: "a", project: "p1", hourlyUsd: 1 })])).toEqual([]);
    expect(linesIn("limits", [CHECKOUT, deleted("ApiKey", "keys/a", { name: "a", project: "p1", hourlyUsd: 1 })])).toEqual([]);
  });

  it("leave a budget that ends with its project to the project", () => {
    const gone = deleted("Project", "projects/checkout", { name: "Checkout AI" }, { id: "p1" });
    const budget = deleted("Budget", "budgets/team", { name: "team", project: "p1", amountUsd: 1, period: "day" });
    expect(linesIn("limits", [gone, budget])).toEqual([]);
    expect(linesIn("limits", [budget])).toHaveLength(1);
  });
});
