import { expect, it } from "vitest";
import { productionKeyReclassified } from "../../provider/gates/gates/production-key-reclassified.js";
import { UNKNOWN } from "../../schema/unknown.js";
import { found, gateCases } from "./support/gate-cases.js";
import { deleted, kept, listed, released, replaced, updated } from "./support/plan.js";

const K = "ApiKey";
const P = "projects/checkout";
const key = { name: "checkout-prod", project: P, environment: "production" };
const bare = { name: "checkout-prod", project: P };
const project = { name: "Checkout", environment: "production" };
const becomes = (environment: unknown) => ({ steps: [updated(K, "keys/a", key, { environment })] });
const projectBecomes = (environment: unknown) => updated("Project", P, project, { environment });

gateCases(productionKeyReclassified, {
  closes: becomes("development"),
  object: "keys/a",
  what: "the production key would be of the class development",
  passes: {
    "another change of it": { steps: [updated(K, "keys/a", key, { description: "checkout" })] },
    "a key that comes into production": {
      steps: [updated(K, "keys/a", { ...key, environment: "staging" }, { environment: "production" })],
    },
    "a class that its project gives as well": {
      steps: [kept("Project", P, project), updated(K, "keys/a", key, { environment: undefined })],
    },
    "a project whose keys say their class themselves": { steps: [projectBecomes("development"), kept(K, "keys/a", key)] },
    "the end of the key, which another gate judges": { steps: [deleted(K, "keys/a", key)] },
    "another key in its place, too": { steps: [replaced(K, "keys/a", key, { environment: "development" })] },
    "a key that gives no access any more": { steps: [updated(K, "keys/a", key, { environment: "development" }, { status: "revoked" })] },
    "a class that the control plane tells and nobody declared": {
      steps: [updated(K, "keys/a", bare, { description: "checkout" })],
      live: [listed(K, "keys/a", key)],
    },
    "a key that only leaves the stack": { steps: [released(K, "keys/a", key)] },
  },
  unknown: becomes(UNKNOWN),
});

it("sees that a key has no class any more", () => {
  expect(found(productionKeyReclassified, becomes(undefined))).toEqual([
    { object: "keys/a", what: "the production key would have no environment class any more" },
  ]);
});

it("sees the keys that have their class from a project, undeclared ones too, as one change of the project", () => {
  const steps = [projectBecomes("development"), kept(K, "keys/a", bare), released(K, "keys/left", { ...bare, name: "left" })];
  const live = [
    listed(K, "by-hand", { ...bare, name: "by-hand" }),
    listed(K, "staging", { ...bare, name: "s", environment: "staging" }),
    listed(K, "own", { ...key, name: "own" }),
  ];
  expect(found(productionKeyReclassified, { steps, live })).toEqual([
    { object: P, what: "production keys in it, checkout-prod, left, by-hand, would be of the class development" },
  ]);
  expect(found(productionKeyReclassified, { steps: [projectBecomes("production"), kept(K, "keys/a", bare)], live })).toEqual([]);
});
