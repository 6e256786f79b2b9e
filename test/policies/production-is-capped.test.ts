import { describe, expect, it } from "vitest";
import { productionIsCapped } from "../../provider/policies/rules/production-is-capped.js";
import { ruleCases, told } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

const RATE = "rates: { requestsPerMinute: 300 }";
const stack = (key: string, more = "", project = "") => `
${more}
projects: { checkout: { name: Checkout, keys: { prod: { environment: production${key && `, ${key}`} } }${project && `, ${project}`} } }`;

const levels = (text: string, system?: string) => told(productionIsCapped, viewOf(text, system)).map((line) => line.split(":")[0]);

ruleCases(productionIsCapped, {
  passes: `
projects:
  checkout:
    name: Checkout
    keys:
      prod: { environment: production, hourlyUsd: 25, ${RATE} }
      dev: { environment: development }`,
  fails: stack(RATE),
  message:
    "ApiKey projects/checkout/keys/prod may spend without a cap that stops it. A loop or a leaked key spends without end until somebody looks at the bill. Write hourlyUsd on the key, or monthlyUsd on the key, or a budget of its project with onBreach: block.",
  unknown: ["projects/checkout/keys/prod#hourlyUsd"],
});

describe("a production key is capped by", () => {
  it.each([
    ["its own cap of the month", stack(`monthlyUsd: 900, ${RATE}`)],
    ["a budget of its project that revokes", stack(RATE, "", "budgets: { team: { amountUsd: 1, period: week, onBreach: revoke } }")],
    ["a budget of the organization that blocks", stack(RATE, "budgets: { all: { amountUsd: 1, period: month, onBreach: block } }")],
    ["the limit of its environment", stack(RATE, "environmentLimits: { production: { monthlyUsd: 2000 } }")],
  ])("%s", (_what, text) => {
    expect(levels(text)).toEqual([]);
  });
});

describe("a production key is not capped by", () => {
  it.each([
    ["a cap that only warns", stack(`monthlyUsd: 900, onBreach: warn, ${RATE}`)],
    ["a budget that only warns", stack(RATE, "budgets: { all: { amountUsd: 1, period: month, onBreach: warn } }")],
    ["a budget that does nothing", stack(RATE, "budgets: { all: { amountUsd: 1, period: month } }")],
    ["the budget of a team", stack(RATE, "budgets: { all: { team: web, amountUsd: 1, period: month, onBreach: block } }")],
    ["the limit of another environment", stack(RATE, "environmentLimits: { staging: { monthlyUsd: 2000 } }")],
  ])("%s", (_what, text) => {
    expect(levels(text)).toEqual(["mandatory"]);
  });
});

it("production-is-capped only advises a rate limit, which the environment or the organization may have", () => {
  expect(levels(stack("hourlyUsd: 25"))).toEqual(["advisory"]);
  expect(levels(stack("hourlyUsd: 25", "organization: { requestsPerMinute: 900 }"))).toEqual([]);
  expect(levels(stack("hourlyUsd: 25", "environmentLimits: { production: { requestsPerMinute: 900 } }"))).toEqual([]);
});

it("production-is-capped takes a budget whose breach is unknown for one that stops", () => {
  const text = stack(RATE, "budgets: { all: { amountUsd: 1, period: month } }");
  expect(told(productionIsCapped, viewOf(text, "gatehouse", ["budgets/all#onBreach"]))).toEqual([]);
});

it("production-is-capped asks for nothing that a system has no place for", () => {
  const key = "projects: { p: { name: P, keys: { prod: { environment: production } } } }";
  expect(levels(key, "qodex")).toEqual([]);
  const olyx = "projects: { p: { name: P, environment: production, keys: { prod: {} } } }";
  expect(told(productionIsCapped, viewOf(olyx, "olyx"))).toEqual([
    expect.stringMatching(/Write hourlyUsd on the key, or a budget of its project with onBreach: block\.$/),
  ]);
  const floopy = "projects: { p: { name: P, keys: { prod: { environment: production, rates: { requestsPerMinute: 9 } } } } }";
  expect(told(productionIsCapped, viewOf(floopy, "floopy"))).toEqual([
    expect.stringMatching(
      /Write a budget of its project with onBreach: block, or environmentLimits: \{ production: \{ monthlyUsd: … \} \}\.$/,
    ),
  ]);
});

it("production-is-capped counts the budget of a project on Olyx, which always blocks", () => {
  const text = "projects: { p: { name: P, environment: production, keys: { prod: {} }, budgets: { m: { amountUsd: 9, period: month } } } }";
  expect(levels(text, "olyx")).toEqual([]);
});

describe("on Routerly, which limits each model, a production key is", () => {
  const COST = "limits: [{ metric: cost, windowType: period, period: daily, value: 30 }]";
  const CALLS = "{ metric: calls, windowType: rolling, rollingAmount: 1, rollingUnit: minute, value: 60 }";
  const model = (name: string, limits = "") =>
    `${name}: { provider: openai, identifier: ${name}, inputUsdPerMillionTokens: 1, outputUsdPerMillionTokens: 1${limits && `, ${limits}`} }`;
  const routerly = (models: string, limits: string) => `
models: { ${models} }
projects:
  p:
    name: P
    environment: production
    routing: { models: [{ model: a }, { model: b }] }
    keys: { prod: { limits: [${limits}] } }`;
  const costs = (text: string) => levels(text, "routerly").filter((level) => level === "mandatory").length;

  it("capped when each model of its project has a cost limit, on the key or on the model", () => {
    expect(costs(routerly(`${model("a")}, ${model("b", COST)}`, `{ model: a, mode: extend, ${COST} }`))).toBe(0);
    expect(
      costs(
        routerly(
          `${model("a", COST)}, ${model("b")}`,
          "{ model: b, mode: replace, limits: [{ metric: calls, windowType: period, period: daily, value: 0 }] }",
        ),
      ),
    ).toBe(0);
  });

  it("not capped when one model has none, or the key lifts it", () => {
    expect(costs(routerly(`${model("a")}, ${model("b")}`, `{ model: a, mode: extend, ${COST} }`))).toBe(1);
    expect(costs(routerly(`${model("a", COST)}, ${model("b", COST)}`, "{ model: b, mode: disable }"))).toBe(1);
    expect(costs(routerly(`${model("a", COST)}, ${model("b", COST)}`, `{ model: b, mode: replace, limits: [${CALLS}] }`))).toBe(1);
  });
});
