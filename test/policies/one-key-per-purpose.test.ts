import { expect, it } from "vitest";
import { judge } from "../../provider/policies/judge.js";
import { oneKeyPerPurpose } from "../../provider/policies/rules/one-key-per-purpose.js";
import { ruleCases, TODAY } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

ruleCases(oneKeyPerPurpose, {
  passes: `
projects:
  checkout:
    name: Checkout
    keys:
      api-prod: { environment: production, consumer: api }
      worker-prod: { environment: production, consumer: worker }
      api-dev: { environment: development, consumer: api }
  search: { name: Search, keys: { search-prod: { environment: production, consumer: api } } }`,
  fails: `
projects:
  checkout:
    name: Checkout
    keys:
      api-prod: { environment: production, consumer: api }
      old-prod: { environment: production, consumer: API }`,
  message:
    "ApiKey projects/checkout/keys/old-prod (consumer) serves the same purpose as projects/checkout/keys/api-prod: production of projects/checkout for API. Two keys for one purpose cannot be told apart in usage, and the forgotten one stays open. Remove one of them, or name the other service or job in its `consumer`.",
  unknown: ["projects/checkout/keys/old-prod#consumer"],
});

const purposes = (text: string, system = "gatehouse") => judge([oneKeyPerPurpose], viewOf(text, system), { today: TODAY });

it("one-key-per-purpose takes the environment of the project", () => {
  const text = "projects: { ci: { name: CI, environment: staging, keys: { a: { consumer: tests }, b: { consumer: tests } } } }";
  expect(purposes(text, "olyx").map(({ object, what }) => [object.name, what])).toEqual([
    ["projects/ci/keys/b", "serves the same purpose as projects/ci/keys/a: staging of projects/ci for tests"],
  ]);
});

it("one-key-per-purpose takes keys that name no consumer for the same", () => {
  const text = "projects: { ci: { name: CI, keys: { a: { environment: other }, b: { environment: other }, c: { environment: other } } } }";
  expect(purposes(text).map(({ object }) => object.name)).toEqual(["projects/ci/keys/b", "projects/ci/keys/c"]);
});

it("one-key-per-purpose compares keys without a lock by their default project", () => {
  const text = `
projects: { a: { name: A }, b: { name: B } }
keys:
  one: { environment: development, consumer: tests, defaultProject: a }
  two: { environment: development, consumer: tests, defaultProject: b }
  three: { environment: development, consumer: tests }
  four: { environment: development, consumer: tests }`;
  expect(purposes(text).map(({ what }) => what)).toEqual(["serves the same purpose as keys/four: development of no project for tests"]);
});

it("one-key-per-purpose keeps control planes apart", () => {
  const text = `
name: acme
controlPlanes: { main: { system: gatehouse }, eu: { system: gatehouse } }
projects: { ci: { name: CI, keys: { a: { environment: other, consumer: tests } } } }
keys: { b: { environment: other, consumer: tests } }`;
  expect(purposes(text)).toEqual([]);
});
