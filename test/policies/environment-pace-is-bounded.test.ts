import { expect, it } from "vitest";
import { judge } from "../../provider/policies/judge.js";
import { environmentPaceIsBounded } from "../../provider/policies/rules/environment-pace-is-bounded.js";
import { ruleCases, TODAY } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

ruleCases(environmentPaceIsBounded, {
  passes: `
projects:
  shop:
    name: Shop
    environments:
      production: { baseUrl: "https://shop.acme.example", constraints: { maxRequestsPerSecond: 5 } }
      staging: { baseUrl: "https://shop.acme.example", constraints: { maxRequestsPerSecond: 20 } }
      local: { baseUrl: "https://shop.acme.example", constraints: { maxRequestsPerSecond: 50 } }`,
  fails: `projects: { shop: { name: Shop, environments: { production: { baseUrl: "https://shop.acme.example", constraints: { maxRequestsPerSecond: 6 } } } } }`,
  message:
    "Environment projects/shop/environments/production (constraints.maxRequestsPerSecond) takes 6 requests per second, more than 5. An unbounded run is an outage of the place that it tests. Write `maxRequestsPerSecond: 5` in its constraints.",
  unknown: ["projects/shop/environments/production#constraints.maxRequestsPerSecond"],
});

const found = (name: string, constraints: string, governance = "{}") =>
  judge(
    [environmentPaceIsBounded],
    viewOf(
      `
projects: { shop: { name: Shop, environments: { ${name}: { baseUrl: "https://shop.acme.example", constraints: ${constraints} } } } }
governance: ${governance}`,
      "qodex",
    ),
    { today: TODAY },
  ).map(({ what }) => what);

it.each([
  ["staging", 21, 20],
  ["preview", 21, 20],
  ["local", 51, 50],
])("environment-pace-is-bounded lets %s not take %d", (name, asked, most) => {
  expect(found(name, `{ maxRequestsPerSecond: ${asked} }`)).toEqual([`takes ${asked} requests per second, more than ${most}`]);
});

it("environment-pace-is-bounded misses a bound where there is none", () => {
  expect(found("staging", "{ readOnly: false }")).toEqual(["has no bound on requests per second"]);
});

it("environment-pace-is-bounded goes by the figures that are set", () => {
  const governance = "{ settings: { environment-pace-is-bounded: { production: 10 } } }";
  expect(found("production", "{ maxRequestsPerSecond: 10 }", governance)).toEqual([]);
});
