import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judge } from "../../provider/policies/judge.js";
import { stagingIsTighterThanProduction } from "../../provider/policies/rules/staging-is-tighter-than-production.js";
import type { SeenObject } from "../../provider/policies/seen.js";
import { StackView } from "../../provider/policies/stack-view.js";
import { ruleCases, TODAY, told } from "./support/rule-cases.js";
import { seenObject } from "./support/seen-object.js";
import { viewOf } from "./support/view.js";

const said = (text: string, system?: string, unknown: readonly string[] = []) =>
  told(stagingIsTighterThanProduction, viewOf(text, system, unknown)).map((line) => line.split(". ")[0]);
const keys = (list: string) => `projects: { p: { name: P, keys: { ${list} } } }`;

ruleCases(stagingIsTighterThanProduction, {
  passes: `
environmentLimits: { development: { monthlyUsd: 200 }, staging: { monthlyUsd: 1999 }, production: { monthlyUsd: 2000 } }
${keys("a: { environment: production, hourlyUsd: 20 }, w: { environment: production, hourlyUsd: 5 }, s: { environment: staging, hourlyUsd: 19 }")}`,
  fails: "environmentLimits: { staging: { monthlyUsd: 3000 }, production: { monthlyUsd: 2000 } }",
  message:
    "EnvironmentLimit environmentLimits/staging (monthlyUsd) gives staging 3000 US dollars a month, above production's 2000 in environmentLimits/production. A test that runs away must never be able to spend what the real traffic may. Write monthlyUsd below 2000.",
  unknown: ["environmentLimits/production#monthlyUsd"],
});

it("staging-is-tighter-than-production compares the keys of a project with its highest production key", () => {
  expect(said(keys("a: { environment: production, hourlyUsd: 20 }, ci: { environment: other, hourlyUsd: 21 }"))).toEqual([
    "mandatory: ApiKey projects/p/keys/ci (hourlyUsd) gives other 21 US dollars an hour, above production's 20 in projects/p/keys/a",
  ]);
});

it("staging-is-tighter-than-production compares no keys of different projects, and no different caps", () => {
  const text = `
projects:
  p: { name: P, keys: { a: { environment: production, hourlyUsd: 20 }, s: { environment: staging, monthlyUsd: 21 } } }
  q: { name: Q, keys: { t: { environment: staging, hourlyUsd: 21 } } }`;
  expect(said(text)).toEqual([]);
});

it("staging-is-tighter-than-production only advises where the caps are equal, or are rates", () => {
  expect(said("environmentLimits: { staging: { monthlyUsd: 2000 }, production: { monthlyUsd: 2000 } }")).toEqual([
    "advisory: EnvironmentLimit environmentLimits/staging (monthlyUsd) gives staging 2000 US dollars a month, no less than production's in environmentLimits/production",
  ]);
  expect(said("environmentLimits: { staging: { requestsPerMinute: 9 }, production: { requestsPerMinute: 8 } }")).toEqual([
    expect.stringMatching(/^advisory: EnvironmentLimit environmentLimits\/staging \(requestsPerMinute\) gives staging 9 requests a minute/),
  ]);
});

it("staging-is-tighter-than-production only advises where projects are the environments: they may be of two products", () => {
  const text = `
projects:
  production: { name: production, environment: production, keys: { a: { hourlyUsd: 20 } } }
  ci: { name: ci, environment: development, keys: { c: { hourlyUsd: 30 } } }`;
  expect(said(text, "olyx")).toEqual([
    "advisory: ApiKey projects/ci/keys/c (hourlyUsd) gives development 30 US dollars an hour, above production's 20 in projects/production/keys/a",
  ]);
});

it("staging-is-tighter-than-production compares the limits that Routerly has for each model", () => {
  const limits = (value: number) =>
    `limits: [{ model: s, mode: extend, limits: [{ metric: cost, windowType: period, period: daily, value: ${value} }] }]`;
  const text = `
models: { s: { provider: openai, identifier: s, inputUsdPerMillionTokens: 1, outputUsdPerMillionTokens: 1 } }
${keys(`a: { environment: production, ${limits(30)} }, ci: { environment: development, ${limits(31)} }`)}`;
  expect(said(text, "routerly")).toEqual([
    "mandatory: ApiKey projects/p/keys/ci (limits) gives development 31 US dollars a day on s, above production's 30 in projects/p/keys/a",
  ]);
});

it("staging-is-tighter-than-production waits only for what could make production's cap higher", () => {
  const text = keys(
    "a: { environment: production, hourlyUsd: 20 }, b: { environment: staging, hourlyUsd: 10 }, s: { environment: staging, hourlyUsd: 21 }",
  );
  expect(said(text, "gatehouse", ["projects/p/keys/b#environment"])).toHaveLength(1);
  expect(said(text, "gatehouse", ["projects/p/keys/b#environment", "projects/p/keys/b#hourlyUsd"])).toEqual([]);
  expect(said(text, "gatehouse", ["projects/p/keys/s#environment"])).toEqual([]);
});

describe("staging-is-tighter-than-production, in any stack", () => {
  const amount = fc.integer({ min: 2, max: 100_000 });
  const shape = fc.record({ production: fc.array(amount, { minLength: 1, maxLength: 4 }), others: fc.array(amount, { maxLength: 6 }) });
  const key = (name: string, environment: "production" | "staging", hourlyUsd: number) =>
    seenObject("ApiKey", name, { name, project: "p", environment, hourlyUsd });
  const stackOf = (production: readonly number[], others: readonly number[]): SeenObject[] => [
    ...production.map((usd, index) => key(`prod${index}`, "production", usd)),
    ...others.map((usd, index) => key(`staging${index}`, "staging", usd)),
  ];
  const found = (objects: readonly SeenObject[]) =>
    judge([stagingIsTighterThanProduction], new StackView(objects), { today: TODAY }).map(({ object, level }) => `${level} ${object.name}`);

  it("exactly the keys at or above production's highest are told, the equal ones as advice", () => {
    fc.assert(
      fc.property(shape, ({ production, others }) => {
        const top = Math.max(...production);
        const expected = others.flatMap((usd, index) => (usd < top ? [] : [`${usd === top ? "advisory" : "mandatory"} staging${index}`]));
        expect(found(stackOf(production, others))).toEqual(expected);
      }),
    );
  });

  it("the verdict is the same when all caps grow alike, and in any order", () => {
    const shuffled = shape.chain(({ production, others }) => {
      const objects = stackOf(production, others);
      return fc.tuple(fc.constant(objects), fc.shuffledSubarray(objects, { minLength: objects.length }), fc.integer({ min: 2, max: 50 }));
    });
    fc.assert(
      fc.property(shuffled, ([straight, mixed, scale]) => {
        const scaled = mixed.map((one) => {
          const { hourlyUsd } = (one as SeenObject<"ApiKey">).inputs;
          return { ...one, inputs: { ...one.inputs, hourlyUsd: Number(hourlyUsd) * scale } };
        });
        expect(found(scaled as SeenObject[]).sort()).toEqual(found(straight).sort());
      }),
    );
  });
});
