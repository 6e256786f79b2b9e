import { expect, it } from "vitest";
import { productionKeyEnds } from "../../provider/gates/gates/production-key-ends.js";
import { UNKNOWN } from "../../schema/unknown.js";
import { found, gateCases } from "./support/gate-cases.js";
import { created, deleted, kept, listed, released, replaced, updated } from "./support/plan.js";

const key = { name: "checkout-prod", project: "projects/checkout", environment: "production" };
const bare = { name: "checkout-prod", project: "projects/checkout" };
const project = (environment?: string) =>
  kept("Project", "projects/checkout", { name: "Checkout", ...(environment ? { environment } : {}) });

gateCases(productionKeyEnds, {
  closes: {
    steps: [deleted("ApiKey", "keys/checkout-prod", key)],
    live: [listed("ApiKey", "keys/checkout-prod", { ...key, lastUsedAt: "2026-11-20T10:00:00Z" })],
  },
  object: "keys/checkout-prod",
  what: "the production key ends, last used 2026-11-20",
  passes: {
    "a key of another environment": { steps: [deleted("ApiKey", "keys/a", { ...key, environment: "staging" })] },
    "its own environment before its project's": {
      steps: [project("production"), deleted("ApiKey", "keys/a", { ...key, environment: "development" })],
    },
    "a key without an environment": { steps: [project(), deleted("ApiKey", "keys/a", bare)] },
    "a key that only leaves the stack": { steps: [released("ApiKey", "keys/a", key)] },
    "a change of it": { steps: [updated("ApiKey", "keys/a", key, { hourlyUsd: 3 })] },
    "a key that gives no access any more": { steps: [deleted("ApiKey", "keys/a", key, { status: "revoked" })] },
  },
});

it("knows a production key by its project, too", () => {
  expect(found(productionKeyEnds, { steps: [project("production"), deleted("ApiKey", "keys/a", bare)] })).toMatchObject([
    { object: "keys/a" },
  ]);
});

it("stops a replacement, on destroy as well, and whatever environment the new one has", () => {
  const steps = [replaced("ApiKey", "keys/a", key, { project: "projects/other", environment: "development" })];
  expect(found(productionKeyEnds, { steps })).toEqual([
    { object: "keys/a", what: "the production key ends and another one takes its place" },
  ]);
  expect(found(productionKeyEnds, { steps: [deleted("ApiKey", "keys/a", key)], operation: "destroy" })).toHaveLength(1);
});

it("counts keys that nobody declared and that go with their project", () => {
  const live = [
    listed("ApiKey", "k1", { ...key, name: "hand-made" }),
    listed("ApiKey", "k2", { ...key, name: "dev", environment: "development" }),
  ];
  const steps = [deleted("Project", "projects/checkout", { name: "Checkout" })];
  expect(found(productionKeyEnds, { steps, live })).toEqual([
    { object: "projects/checkout", what: "production keys go with it: hand-made" },
  ]);
});

it.each([
  ["is over", "2020-01-01", "the production key ends on 2020-01-01"],
  ["leaves no time to move over", "2026-11-30", "the production key ends on 2026-11-30"],
  ["only the apply knows", UNKNOWN, "only the apply knows when the production key ends"],
])("stops an end that %s", (_, expiresAt, what) => {
  const ends = (before: object, after: object) =>
    found(productionKeyEnds, { steps: [updated("ApiKey", "keys/a", { ...before }, { ...after })] });
  expect(ends(key, { expiresAt })).toEqual([{ object: "keys/a", what }]);
  expect(ends({ ...key, expiresAt: "2027-02-01" }, { expiresAt })).toHaveLength(1);
  expect(ends({ ...key, environment: "staging" }, { expiresAt })).toEqual([]);
});

it("lets pass an end that leaves time, one that is postponed, and a rotation", () => {
  const changed = (before: object, after: object) =>
    found(productionKeyEnds, { steps: [updated("ApiKey", "keys/a", { ...before }, { ...after })] });
  expect(changed(key, { expiresAt: "2027-02-01" })).toEqual([]);
  expect(changed({ ...key, expiresAt: "2026-11-22" }, { expiresAt: "2026-11-30" })).toEqual([]);
  expect(changed({ ...key, expiresAt: "2020-01-01" }, { hourlyUsd: 3 })).toEqual([]);
  expect(changed({ ...key, rotate: 1 }, { rotate: 2 })).toEqual([]);
});

it("lets pass the end that an earlier run recorded, once it has come, and no other", () => {
  const ends = (before: object) => found(productionKeyEnds, { steps: [deleted("ApiKey", "keys/a", { ...key, ...before })] });
  expect(ends({ expiresAt: "2026-11-20" })).toEqual([]);
  expect(ends({ expiresAt: "2026-11-21" })).toEqual([]);
  expect(ends({ expiresAt: "2026-11-22" })).toHaveLength(1);
  const swept = [created("ApiKey", "keys/b", key), replaced("ApiKey", "keys/a", { ...key, expiresAt: "2026-11-20" }, {})];
  expect(found(productionKeyEnds, { steps: swept })).toHaveLength(1);
});
