import fc from "fast-check";
import { expect, it } from "vitest";
import { capRaised } from "../../provider/gates/gates/cap-raised.js";
import { UNKNOWN } from "../../schema/unknown.js";
import { found, gateCases } from "./support/gate-cases.js";
import { created, deleted, released, replaced, updated } from "./support/plan.js";

const key = { name: "prod", monthlyUsd: 100, rates: { requestsPerMinute: 60 } };
const change = (before: object, after: object, kind = "ApiKey") => ({ steps: [updated(kind, "it", { ...before }, { ...after })] });
const budget = { name: "all", amountUsd: 70, period: "week", onBreach: "block" };

gateCases(capRaised, {
  closes: change(key, { monthlyUsd: 1000 }),
  object: "it",
  what: "monthlyUsd rises from 100 to 1000",
  passes: {
    "twice as much": change(key, { monthlyUsd: 200, rates: { requestsPerMinute: 120 } }),
    less: change(key, { monthlyUsd: 1 }),
    "a ceiling where there was none": change({ name: "prod" }, { monthlyUsd: 1000 }),
    "a key that takes its ceilings to another project": {
      steps: [replaced("ApiKey", "it", { ...key, project: "projects/a" }, { project: "projects/b" })],
    },
    "a budget that only warned before": change({ ...budget, onBreach: "warn" }, { thresholds: [0.8] }, "Budget"),
    "a budget that says what its system does anyway": { ...change(budget, { onBreach: undefined }, "Budget"), system: "floopy" },
    "a key that says what it does anyway": change({ ...key, onBreach: "block" }, { onBreach: undefined }),
    "a budget whose project is made anew": change({ ...budget, project: "projects/a" }, { project: UNKNOWN }, "Budget"),
    "a new key": { steps: [created("ApiKey", "it", key)] },
    "the end of a key with its ceilings": { steps: [deleted("ApiKey", "it", key)] },
    "a budget that only leaves the stack": { steps: [released("Budget", "it", budget)] },
    "a budget for a longer period": change(budget, { amountUsd: 280, period: "month" }, "Budget"),
    "a budget that ends with its project": {
      steps: [deleted("Project", "projects/a", { name: "A" }), deleted("Budget", "it", { ...budget, project: "projects/a" })],
    },
    "a destroy": { steps: [deleted("Budget", "it", budget)], operation: "destroy" },
    "an expected spend, which limits nothing": change(
      { name: "A", launch: { expectedMonthlyUsd: 1 } },
      { launch: { expectedMonthlyUsd: 9 } },
      "Project",
    ),
  },
  unknown: change(key, { monthlyUsd: UNKNOWN }),
});

it.each([
  ["a removed cap", change(key, { monthlyUsd: undefined }), "monthlyUsd, which is 100, is removed"],
  ["a cap of nothing that becomes something", change({ name: "k", hourlyUsd: 0 }, { hourlyUsd: 1 }), "hourlyUsd rises from 0 to 1"],
  ["a rate", change(key, { rates: { requestsPerMinute: 121 } }), "rates.requestsPerMinute rises from 60 to 121"],
  ["rates that nobody knows", change(key, { rates: UNKNOWN }), "only the apply knows what rates.requestsPerMinute becomes; it is 60"],
  ["rates that are gone", change(key, { rates: undefined }), "rates.requestsPerMinute, which is 60, is removed"],
  [
    "a budget of the same amount for a shorter period",
    change(budget, { period: "day" }, "Budget"),
    "amountUsd rises from 70 to 70 in a shorter period",
  ],
  [
    "a budget that only warns",
    change(budget, { onBreach: "warn" }, "Budget"),
    "at its ceiling somebody would only be told, and nothing stopped",
  ],
  [
    "a budget that no longer says what it does, and so only warns",
    change(budget, { onBreach: undefined }, "Budget"),
    "at its ceiling somebody would only be told, and nothing stopped",
  ],
  ["a budget that moves to another team", change({ ...budget, team: "a" }, { team: "b" }, "Budget"), "amountUsd, which is 70, is removed"],
  [
    "a budget of a team that nobody knows",
    change({ ...budget, team: "a" }, { team: UNKNOWN }, "Budget"),
    "amountUsd, which is 70, is removed",
  ],
  ["the end of a budget", { steps: [deleted("Budget", "it", budget)] }, "amountUsd, which is 70, is removed"],
  [
    "an environment limit that moves to another environment",
    { steps: [replaced("EnvironmentLimit", "it", { environment: "production", monthlyUsd: 5 }, { environment: "other" })] },
    "monthlyUsd, which is 5, is removed",
  ],
  [
    "a ceiling of the organization",
    change({ requestsPerMinute: 10 }, { requestsPerMinute: 21 }, "Organization"),
    "requestsPerMinute rises from 10 to 21",
  ],
])("stops %s", (_, plan, what) => {
  expect(found(capRaised, plan)).toMatchObject([{ what: expect.stringContaining(what) }]);
});

const cost = (value: unknown, period = "daily") => ({ metric: "cost", value, windowType: "period", period });

it("finds ceilings in lists again by what they are for", () => {
  const model = (limits: unknown) => ({ identifier: "m", limits });
  const change = (before: unknown, after: unknown) =>
    found(capRaised, { steps: [updated("Model", "it", model(before), model(after))] }).map(({ what }) => what);
  expect(change([cost(5), cost(50, "monthly")], [cost(50, "monthly"), cost(10)])).toEqual([]);
  expect(change([cost(5)], [cost(11)])).toEqual(["limits[cost period daily].value rises from 5 to 11"]);
  expect(change([cost(5)], [cost(5, "hourly")])).toEqual(["limits[cost period daily].value, which is 5, is removed"]);
});

it("sees that a key's limits of a model are lifted", () => {
  const limits = (mode: string) => ({ limits: [{ model: "m", mode, limits: [cost(5)] }] });
  const steps = [updated("ApiKey", "it", { name: "k", ...limits("replace") }, limits("disable"))];
  expect(found(capRaised, { steps })).toMatchObject([
    { what: "limits[m replace].limits[cost period daily].value, which is 5, is removed" },
  ]);
});

it("stops exactly what is more than twice as much", () => {
  const amounts = fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 3000 }));
  fc.assert(
    fc.property(
      amounts,
      ([before, after]) =>
        found(capRaised, change({ name: "k", hourlyUsd: before }, { hourlyUsd: after })).length > 0 === after > 2 * before,
    ),
  );
});
