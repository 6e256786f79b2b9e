import { expect, it } from "vitest";
import { judge } from "../../provider/policies/judge.js";
import { productionKeyBelongsToAService } from "../../provider/policies/rules/production-key-belongs-to-a-service.js";
import { ruleCases, TODAY } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

ruleCases(productionKeyBelongsToAService, {
  passes: `
projects:
  checkout:
    name: Checkout
    keys: { checkout-prod: { environment: production, ownerType: service }, of-lin: { environment: development, ownerType: person } }`,
  fails: `projects: { checkout: { name: Checkout, keys: { of-lin: { environment: production, ownerType: person } } } }`,
  message:
    "ApiKey projects/checkout/keys/of-lin (ownerType) is a production key that a person uses. A person's key leaves with the person, sits on a laptop, and mixes one's own trials with live traffic. Write `ownerType: service` and name the service in `consumer`; a person works with a development key.",
  unknown: ["projects/checkout/keys/of-lin#ownerType"],
});

it.each(["gatehouse", "olyx", "floopy", "routerly", "qodex", "anyint"])(
  "production-key-belongs-to-a-service wants it said on %s",
  (system) => {
    const text = "projects: { live: { name: Live, environment: production, keys: { api: {} } } }";
    const told = judge([productionKeyBelongsToAService], viewOf(text, system), { today: TODAY });
    expect(told.map(({ what, level }) => [what, level])).toEqual([
      ["is a production key that does not say whether a service or a person uses it", "mandatory"],
    ]);
  },
);
