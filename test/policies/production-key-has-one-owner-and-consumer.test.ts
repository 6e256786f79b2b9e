import { expect, it } from "vitest";
import { productionKeyHasOneOwnerAndConsumer } from "../../provider/policies/rules/production-key-has-one-owner-and-consumer.js";
import { ruleCases, told } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

ruleCases(productionKeyHasOneOwnerAndConsumer, {
  passes: `
projects:
  checkout:
    name: Checkout
    keys:
      checkout-prod: { environment: production, ownerType: service, owner: lin@acme.example, consumer: checkout-api, expiresAt: 2027-02-01 }
      checkout-dev: { environment: development }`,
  fails: `
projects:
  checkout: { name: Checkout, keys: { checkout-prod: { environment: production, owner: lin@acme.example } } }`,
  message:
    "ApiKey projects/checkout/keys/checkout-prod (consumer) is a production key without a consumer. A key that nobody answers for, or that several services share, is neither rotated nor revoked in time. Write `consumer: checkout-api`, the one service that uses it.",
  unknown: ["projects/checkout/keys/checkout-prod#consumer"],
});

const withConsumer = (consumer: string) => `
projects:
  live: { name: Live, environment: production, keys: { a: { owner: lin@acme.example, consumer: "${consumer}" } } }`;

it.each(["checkout, search", "checkout and search", "a;b", "a & b", "all teams", "Everyone", "*", "shared", "all-services"])(
  "production-key-has-one-owner-and-consumer takes %j for several consumers",
  (consumer) => {
    expect(told(productionKeyHasOneOwnerAndConsumer, viewOf(withConsumer(consumer)))).toEqual([
      expect.stringContaining(`is a production key of several consumers ("${consumer}").`),
    ]);
  },
);

it.each(["checkout-api", "search-and-rescue", "team/checkout", "all-hands-bot-eu", "ci-production", "sandbox", "Anything else"])(
  "production-key-has-one-owner-and-consumer takes %j for one consumer",
  (consumer) => {
    expect(told(productionKeyHasOneOwnerAndConsumer, viewOf(withConsumer(consumer)))).toEqual([]);
  },
);

it("production-key-has-one-owner-and-consumer tells a missing owner though the consumer is unknown", () => {
  const text = "projects: { live: { name: Live, environment: production, keys: { a: { consumer: api } } } }";
  const view = viewOf(text, "olyx", ["projects/live/keys/a#consumer"]);
  expect(told(productionKeyHasOneOwnerAndConsumer, view)).toEqual([
    expect.stringContaining("(owner) is a production key without an owner."),
  ]);
});
