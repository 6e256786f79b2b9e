import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judge } from "../../provider/policies/judge.js";
import { capsFitInTheirParents } from "../../provider/policies/rules/caps-fit-in-their-parents.js";
import type { SeenObject } from "../../provider/policies/seen.js";
import { StackView } from "../../provider/policies/stack-view.js";
import { ruleCases, TODAY, told } from "./support/rule-cases.js";
import { seenObject } from "./support/seen-object.js";
import { viewOf } from "./support/view.js";

const said = (text: string) => told(capsFitInTheirParents, viewOf(text)).map((line) => line.split(". ")[0]);

ruleCases(capsFitInTheirParents, {
  passes: `
environmentLimits: { production: { requestsPerMinute: 600, monthlyUsd: 1200 } }
budgets: { all: { amountUsd: 1200, period: month }, day: { amountUsd: 30, period: day } }
projects:
  checkout:
    name: Checkout
    budgets: { team: { amountUsd: 1200, period: month } }
    keys: { prod: { environment: production, hourlyUsd: 25, monthlyUsd: 1200, rates: { requestsPerMinute: 600 } } }`,
  fails: `
environmentLimits: { production: { monthlyUsd: 1200 } }
projects: { checkout: { name: Checkout, keys: { prod: { environment: production, monthlyUsd: 1201 } } } }`,
  message:
    "ApiKey projects/checkout/keys/prod (monthlyUsd) has 1201 US dollars a month, above the 1200 of EnvironmentLimit environmentLimits/production. A cap above its parent's never acts: the parent stops everybody else first. Write at most 1200, or raise monthlyUsd of environmentLimits/production.",
  unknown: ["environmentLimits/production#monthlyUsd"],
});

it.each([
  [
    "a project's budget and the organization's of the same period",
    "budgets: { all: { amountUsd: 10, period: week } }\nprojects: { p: { name: P, budgets: { b: { amountUsd: 11, period: week } } } }",
    "Budget projects/p/budgets/b (amountUsd) has 11 US dollars a week, above the 10 of Budget budgets/all",
  ],
  [
    "a team's budget and the organization's",
    "budgets: { all: { amountUsd: 10, period: month }, web: { team: web, amountUsd: 11, period: month } }",
    "Budget budgets/web (amountUsd) has 11 US dollars a month, above the 10 of Budget budgets/all",
  ],
  [
    "a key and its project's budget",
    "projects: { p: { name: P, budgets: { b: { amountUsd: 10, period: month } }, keys: { k: { monthlyUsd: 11 } } } }",
    "ApiKey projects/p/keys/k (monthlyUsd) has 11 US dollars a month, above the 10 of Budget projects/p/budgets/b",
  ],
  [
    "an hour of a key and a month of its environment",
    "environmentLimits: { production: { monthlyUsd: 2000 } }\nkeys: { k: { environment: production, hourlyUsd: 3000 } }",
    "ApiKey keys/k (hourlyUsd) has 3000 US dollars an hour, above the 2000 US dollars a month of EnvironmentLimit environmentLimits/production",
  ],
  [
    "a day of a project and a month of the organization",
    "budgets: { all: { amountUsd: 5000, period: month } }\nprojects: { p: { name: P, budgets: { b: { amountUsd: 10000, period: day } } } }",
    "Budget projects/p/budgets/b (amountUsd) has 10000 US dollars a day, above the 5000 US dollars a month of Budget budgets/all",
  ],
  [
    "a week and the lowest of those that are as long or longer",
    "budgets: { y: { amountUsd: 40, period: year }, m: { amountUsd: 30, period: month }, d: { amountUsd: 1, period: day } }\nprojects: { p: { name: P, budgets: { b: { amountUsd: 50, period: week } } } }",
    "Budget projects/p/budgets/b (amountUsd) has 50 US dollars a week, above the 30 US dollars a month of Budget budgets/m",
  ],
  [
    "a key's hour and its own month",
    "keys: { k: { hourlyUsd: 11, monthlyUsd: 10 } }",
    "ApiKey keys/k (hourlyUsd) may spend 11 US dollars in one hour, above its own 10 of a whole month",
  ],
  [
    "the rates of a key and its environment, which its project says",
    "environmentLimits: { staging: { requestsPerMinute: 10 } }\nprojects: { p: { name: P, environment: staging, keys: { k: { rates: { requestsPerMinute: 11 } } } } }",
    "ApiKey projects/p/keys/k (rates.requestsPerMinute) has 11 requests a minute, above the 10 of EnvironmentLimit environmentLimits/staging",
  ],
  [
    "the rates of an environment and the organization",
    "organization: { requestsPerMinute: 10 }\nenvironmentLimits: { staging: { requestsPerMinute: 11 } }",
    "EnvironmentLimit environmentLimits/staging (requestsPerMinute) has 11 requests a minute, above the 10 of Organization organization",
  ],
])("caps-fit-in-their-parents compares %s", (_what, text, line) => {
  expect(said(text)).toEqual([`mandatory: ${line}`]);
});

it("caps-fit-in-their-parents compares nothing across projects and environments, nor a longer time with a shorter one", () => {
  const text = `
environmentLimits: { staging: { monthlyUsd: 10 } }
budgets: { day: { amountUsd: 10, period: day }, web: { team: web, amountUsd: 10, period: month } }
projects:
  p: { name: P, budgets: { b: { amountUsd: 10, period: month } } }
  q: { name: Q, budgets: { b: { amountUsd: 50, period: month } }, keys: { k: { environment: production, monthlyUsd: 50 } } }`;
  expect(said(text)).toEqual([]);
});

it("caps-fit-in-their-parents takes the lowest of several parents, wherever it stands", () => {
  const budgets = (...amounts: number[]) => amounts.map((usd) => `b${usd}: { amountUsd: ${usd}, period: month }`).join(", ");
  const child = "projects: { p: { name: P, budgets: { own: { amountUsd: 15, period: month } } } }";
  const line = "mandatory: Budget projects/p/budgets/own (amountUsd) has 15 US dollars a month, above the 10 of Budget budgets/b10";
  expect(said(`budgets: { ${budgets(10, 20)} }\n${child}`)).toEqual([line]);
  expect(said(`budgets: { ${budgets(20, 10)} }\n${child}`)).toEqual([line]);
});

it("caps-fit-in-their-parents names the same one of equal parents, whichever stands first", () => {
  const [a, b] = ["a: { amountUsd: 10, period: month }", "b: { amountUsd: 10, period: month }"];
  const child = "projects: { p: { name: P, budgets: { own: { amountUsd: 15, period: month } } } }";
  expect(said(`budgets: { ${b}, ${a} }\n${child}`)).toEqual(said(`budgets: { ${a}, ${b} }\n${child}`));
});

it("caps-fit-in-their-parents tells what is known beside what is not", () => {
  const text = `
environmentLimits: { production: { monthlyUsd: 10 } }
projects: { p: { name: P, budgets: { b: { amountUsd: 10, period: month } }, keys: { k: { environment: production, monthlyUsd: 11 } } } }`;
  expect(told(capsFitInTheirParents, viewOf(text, "gatehouse", ["environmentLimits/production#monthlyUsd"]))).toEqual([
    expect.stringContaining("above the 10 of Budget projects/p/budgets/b"),
  ]);
});

describe("caps-fit-in-their-parents, in any stack", () => {
  interface Shape {
    readonly organization: number;
    readonly environment: number;
    readonly projects: readonly { readonly share: number; readonly keys: readonly number[] }[];
  }
  const share = fc.integer({ min: 1, max: 100 });
  const shape: fc.Arbitrary<Shape> = fc.record({
    organization: fc.integer({ min: 100, max: 1_000_000 }),
    environment: share,
    projects: fc.array(fc.record({ share, keys: fc.array(share, { minLength: 1, maxLength: 4 }) }), { minLength: 1, maxLength: 5 }),
  });

  /** Every cap is a share of its lowest parent, so that all of them fit. Amounts are whole, so that scaling them is exact. */
  const fitting = ({ organization, environment, projects }: Shape, scale = 1): SeenObject[] => {
    const ceiling = Math.ceil((organization * environment) / 100);
    const budget = (name: string, amountUsd: number, project?: string) =>
      seenObject("Budget", name, { name, amountUsd: amountUsd * scale, period: "month", ...(project === undefined ? {} : { project }) });
    return [
      budget("all", organization),
      seenObject("EnvironmentLimit", "production", { environment: "production", monthlyUsd: ceiling * scale }),
      ...projects.flatMap((one, index) => {
        const project = `p${index}`;
        const amount = Math.ceil((organization * one.share) / 100);
        const key = (part: number, at: number) =>
          seenObject("ApiKey", `${project}-key${at}`, {
            name: `${project}-key${at}`,
            project,
            environment: "production",
            monthlyUsd: Math.ceil((Math.min(amount, ceiling) * part) / 100) * scale,
          });
        return [seenObject("Project", project, { name: project }), budget(`${project}-budget`, amount, project), ...one.keys.map(key)];
      }),
    ];
  };
  const found = (objects: readonly SeenObject[]) =>
    judge([capsFitInTheirParents], new StackView(objects), { today: TODAY }).map(({ object, what }) => `${object.name} ${what}`);

  it("shares of the parents fit, and go on fitting when all caps grow alike", () => {
    fc.assert(
      fc.property(shape, fc.integer({ min: 1, max: 1000 }), (stack, scale) => {
        expect(found(fitting(stack))).toEqual([]);
        expect(found(fitting(stack, scale))).toEqual([]);
      }),
    );
  });

  it("one key above a parent is found, whatever its siblings have, and nothing else is", () => {
    fc.assert(
      fc.property(shape, fc.nat(), fc.integer({ min: 1, max: 1000 }), (stack, pick, excess) => {
        const objects = fitting(stack);
        const keys = objects.filter(({ kind }) => kind === "ApiKey");
        const raised = keys[pick % keys.length]?.name;
        const limit = objects.find(({ kind }) => kind === "EnvironmentLimit") as SeenObject<"EnvironmentLimit"> | undefined;
        const amount = Number(limit?.inputs.monthlyUsd) + excess;
        const changed = objects.map((one) => (one.name === raised ? { ...one, inputs: { ...one.inputs, monthlyUsd: amount } } : one));
        const names = new Set(found(changed as SeenObject[]).map((line) => line.split(" ")[0]));
        expect([...names]).toEqual([raised]);
      }),
    );
  });

  it("the order of the declaration does not matter", () => {
    const shuffled = shape.chain((stack) => {
      const halved = fitting(stack).map((one) =>
        one.kind === "EnvironmentLimit" ? { ...one, inputs: { ...one.inputs, monthlyUsd: 1 } } : one,
      );
      return fc.tuple(fc.constant(halved as SeenObject[]), fc.shuffledSubarray(halved, { minLength: halved.length }));
    });
    fc.assert(
      fc.property(shuffled, ([straight, mixed]) => {
        expect(found(mixed as SeenObject[]).sort()).toEqual(found(straight).sort());
      }),
    );
  });
});
