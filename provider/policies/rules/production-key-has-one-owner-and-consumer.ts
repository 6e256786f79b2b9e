import { defineRule, type Violation } from "../rule.js";
import { known, type SeenObject } from "../seen.js";
import type { StackView } from "../stack-view.js";

/** A list of names, or a word for everybody, where one service is meant. A hyphen or a slash stands inside of one name. */
const SEVERAL =
  /[,;|]|\s(?:and|or|&|\+)\s|^\s*(?:\*|(?:all|any|every|everyone|everybody|shared|various|several|multiple)(?:[\s-]\w+)?)\s*$/i;

export const productionKeyHasOneOwnerAndConsumer = defineRule({
  name: "production-key-has-one-owner-and-consumer",
  title: "A production key has one owner and one consumer",
  why: "A key that nobody answers for, or that several services share, is neither rotated nor revoked in time.",
  enforces: ["A-25", "F-22"],
  level: "mandatory",
  alone: "ApiKey",
  settings: {},
  check: (view) => view.productionKeys().flatMap((key) => [...ownerless(view, key), ...consumers(view, key)]),
  example: {
    bad: `
projects:
  checkout: { name: Checkout AI, keys: { checkout-prod: { environment: production, owner: lin@acme.example, consumer: "checkout, search" } } }`,
    good: `
projects:
  checkout:
    name: Checkout AI
    launch: { owner: lin@acme.example }
    keys:
      checkout-prod: { environment: production, ownerType: service, owner: lin@acme.example, consumer: checkout-api, monthlyUsd: 900, expiresAt: 2027-02-01 }`,
  },
});

function ownerless(view: StackView, key: SeenObject<"ApiKey">): readonly Violation[] {
  if (key.inputs.owner !== undefined || !view.offers(key, "owner")) return [];
  const advice = "Write `owner: lin@acme.example`, the person who rotates and revokes it.";
  return [{ object: key, property: "owner", what: "is a production key without an owner", advice }];
}

function consumers(view: StackView, key: SeenObject<"ApiKey">): readonly Violation[] {
  if (!view.offers(key, "consumer")) return [];
  if (key.inputs.consumer === undefined) {
    const advice = "Write `consumer: checkout-api`, the one service that uses it.";
    return [{ object: key, property: "consumer", what: "is a production key without a consumer", advice }];
  }
  const consumer = known(key.inputs.consumer);
  if (consumer === undefined || !SEVERAL.test(consumer)) return [];
  const advice = "Make one key for each service and name that service in `consumer`.";
  return [{ object: key, property: "consumer", what: `is a production key of several consumers ("${consumer}")`, advice }];
}
