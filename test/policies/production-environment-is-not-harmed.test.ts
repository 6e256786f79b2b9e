import { expect, it } from "vitest";
import { judge } from "../../provider/policies/judge.js";
import { productionEnvironmentIsNotHarmed } from "../../provider/policies/rules/production-environment-is-not-harmed.js";
import { ruleCases, TODAY } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

ruleCases(productionEnvironmentIsNotHarmed, {
  passes: `
projects:
  shop:
    name: Shop
    environments:
      production: { baseUrl: "https://shop.acme.example", constraints: { readOnly: true, allowDestructive: false } }
      staging: { baseUrl: "https://shop.acme.example", constraints: { readOnly: false, allowDestructive: true, allowSecurity: true } }
      pre-prod: { baseUrl: "https://shop.acme.example", constraints: { allowDestructive: true } }
      live-preview: { baseUrl: "https://shop.acme.example" }`,
  fails: `
projects: { shop: { name: Shop, environments: { production: { baseUrl: "https://shop.acme.example", constraints: { readOnly: true, allowDestructive: true } } } } }`,
  message:
    "Environment projects/shop/environments/production (constraints.allowDestructive) is production, and tests may destroy data in it. A test that writes, destroys or attacks does so to the data of customers. Write `allowDestructive: false` in its constraints.",
  unknown: ["projects/shop/environments/production#constraints.allowDestructive"],
});

const place = (name: string, constraints: string) => `
projects: { shop: { name: Shop, environments: { ${name}: { baseUrl: "https://shop.acme.example", constraints: ${constraints} } } } }`;
const found = (text: string, unknown: readonly string[] = []) =>
  judge([productionEnvironmentIsNotHarmed], viewOf(text, "qodex", unknown), { today: TODAY }).map(
    ({ property, what }) => `${property} ${what}`,
  );

it("production-environment-is-not-harmed tells every danger", () => {
  expect(found(place("production", "{ readOnly: false, allowDestructive: true, allowSecurity: true }"))).toEqual([
    "constraints.readOnly is production, and tests may write to it",
    "constraints.allowDestructive is production, and tests may destroy data in it",
    "constraints.allowSecurity is production, and security tests may attack it",
  ]);
});

it("production-environment-is-not-harmed does not take silence for read-only", () => {
  const text = 'projects: { shop: { name: Shop, environments: { production: { baseUrl: "https://shop.acme.example" } } } }';
  expect(found(text)).toEqual(["constraints.readOnly is production, and tests may write to it"]);
});

it.each(["prod", "PROD-eu", "production_2", "live", "prod-mirror", "mirror"])(
  "production-environment-is-not-harmed takes %s for production",
  (name) => {
    expect(found(place(name, "{ readOnly: false }"))).toHaveLength(1);
  },
);

it.each(["pre-prod", "non-production", "preprod", "staging-mirror", "products", "delivery"])(
  "production-environment-is-not-harmed does not take %s for production",
  (name) => {
    expect(found(place(name, "{ readOnly: false }"))).toEqual([]);
  },
);

it("production-environment-is-not-harmed tells a danger beside what is not known", () => {
  const text = place("production", "{ readOnly: false, allowSecurity: true }");
  expect(found(text, ["projects/shop/environments/production#constraints.readOnly"])).toEqual([
    "constraints.allowSecurity is production, and security tests may attack it",
  ]);
});

it("production-environment-is-not-harmed mends what it finds and keeps the rest", () => {
  const inputs = { name: "production", constraints: { readOnly: false, maxRequestsPerSecond: 5, allowSecurity: true } };
  expect(productionEnvironmentIsNotHarmed.fix?.(inputs, {})).toEqual({
    name: "production",
    constraints: { readOnly: true, maxRequestsPerSecond: 5, allowDestructive: false, allowSecurity: false },
  });
});
