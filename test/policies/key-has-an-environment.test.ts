import { expect, it } from "vitest";
import { keyHasAnEnvironment } from "../../provider/policies/rules/key-has-an-environment.js";
import { StackView } from "../../provider/policies/stack-view.js";
import { ruleCases, told } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

ruleCases(keyHasAnEnvironment, {
  passes: `
projects:
  checkout: { name: Checkout, keys: { checkout-dev: { environment: development } } }
  live: { name: Live, environment: production, keys: { api: { consumer: api } } }`,
  fails: `projects: { checkout: { name: Checkout, keys: { api: { consumer: api } } } }`,
  message:
    "ApiKey projects/checkout/keys/api (environment) has no environment, and neither has its project. Of a key without an environment nobody can say whether production depends on it, so no rule protects it. Write `environment: production` (or development, staging, other) on the key, or on its project where that is one environment.",
  unknown: ["projects/checkout#environment"],
});

it("key-has-an-environment asks for it on the project too, where the project is the environment", () => {
  const text = "projects: { checkout: { name: Checkout, keys: { api: { consumer: api } } } }";
  expect(told(keyHasAnEnvironment, viewOf(text, "olyx"))).toEqual([
    expect.stringMatching(
      /Write `environment: production` \(or development, staging, other\) on the key, or on its project where that is one environment\.$/,
    ),
  ]);
});

it("key-has-an-environment does not send to the project where the system keeps it with the key", () => {
  const text = "projects: { checkout: { name: Checkout, keys: { api: { consumer: api } } } }";
  expect(told(keyHasAnEnvironment, viewOf(text, "floopy"))).toEqual([
    expect.stringMatching(/Write `environment: production` \(or development, staging, other\) on the key\.$/),
  ]);
});

it("key-has-an-environment sees it of a key without a project by itself", () => {
  const [key] = viewOf("keys: { api: { consumer: api } }").objects;
  expect(told(keyHasAnEnvironment, new StackView(key === undefined ? [] : [key]))).toHaveLength(1);
});

it("key-has-an-environment does not take the default project's for the key's", () => {
  const text = "projects: { live: { name: Live, environment: production } }\nkeys: { api: { defaultProject: live } }";
  expect(told(keyHasAnEnvironment, viewOf(text))).toHaveLength(1);
});
