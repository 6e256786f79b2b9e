import { expect, it } from "vitest";
import { productionKeyIsLocked } from "../../provider/policies/rules/production-key-is-locked.js";
import { ruleCases, told } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

ruleCases(productionKeyIsLocked, {
  passes: `
projects:
  checkout: { name: Checkout, keys: { checkout-prod: { environment: production } } }
keys: { trial: { environment: development } }`,
  fails: `keys: { shared: { environment: production } }`,
  message:
    "ApiKey keys/shared (project) is a production key that is not locked to a project. A production key that serves every project is one leak away from all of them, and nobody can tell whose traffic it carries. Nest it under its project, or write `project:`; make one key for each project that needs one.",
  unknown: ["keys/shared#environment"],
});

it("production-key-is-locked is not fooled by a default project", () => {
  const text = `
projects: { checkout: { name: Checkout } }
keys: { shared: { environment: production, defaultProject: checkout } }`;
  expect(told(productionKeyIsLocked, viewOf(text))).toEqual([
    expect.stringContaining("ApiKey keys/shared (project) is a production key with a default project only, which locks it to none"),
  ]);
});

it("production-key-is-locked takes a lock that is not known yet for one", () => {
  const text = "keys: { shared: { environment: production } }";
  expect(told(productionKeyIsLocked, viewOf(text, "gatehouse", ["keys/shared#project"]))).toEqual([]);
});
