import { defineRule } from "../rule.js";

export const productionKeyIsLocked = defineRule({
  name: "production-key-is-locked",
  title: "A production key is hard-locked to one project",
  why: "A production key that serves every project is one leak away from all of them, and nobody can tell whose traffic it carries.",
  enforces: ["F-21", "A-25"],
  level: "mandatory",
  alone: "ApiKey",
  settings: {},
  check: (view) =>
    view
      .productionKeys()
      .filter((key) => key.inputs.project === undefined && view.offers(key, "project"))
      .map((key) => ({
        object: key,
        property: "project",
        what:
          key.inputs.defaultProject === undefined
            ? "is a production key that is not locked to a project"
            : "is a production key with a default project only, which locks it to none",
        advice: "Nest it under its project, or write `project:`; make one key for each project that needs one.",
      })),
  example: {
    bad: "keys: { shared: { environment: production } }",
    good: `
projects:
  checkout:
    name: Checkout AI
    launch: { owner: lin@acme.example }
    keys:
      checkout-prod: { environment: production, ownerType: service, owner: lin@acme.example, consumer: checkout-api, monthlyUsd: 900, expiresAt: 2027-02-01 }`,
  },
});
