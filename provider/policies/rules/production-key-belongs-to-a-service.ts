import { defineRule } from "../rule.js";

export const productionKeyBelongsToAService = defineRule({
  name: "production-key-belongs-to-a-service",
  title: "A production key belongs to a service, not to a person",
  why: "A person's key leaves with the person, sits on a laptop, and mixes one's own trials with live traffic.",
  enforces: ["A-25", "O-20"],
  level: "mandatory",
  alone: "ApiKey",
  settings: {},
  check: (view) =>
    view
      .productionKeys()
      .filter((key) => view.offers(key, "ownerType") && (key.inputs.ownerType === undefined || key.inputs.ownerType === "person"))
      .map((key) => ({
        object: key,
        property: "ownerType",
        what:
          key.inputs.ownerType === undefined
            ? "is a production key that does not say whether a service or a person uses it"
            : "is a production key that a person uses",
        advice: "Write `ownerType: service` and name the service in `consumer`; a person works with a development key.",
      })),
  example: {
    bad: "projects: { checkout: { name: Checkout AI, keys: { of-lin: { environment: production, ownerType: person } } } }",
    good: `
projects:
  checkout:
    name: Checkout AI
    launch: { owner: lin@acme.example }
    keys:
      checkout-prod: { environment: production, ownerType: service, owner: lin@acme.example, consumer: checkout-api, monthlyUsd: 900, expiresAt: 2027-02-01 }`,
  },
});
