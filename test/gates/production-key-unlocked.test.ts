import { expect, it } from "vitest";
import { productionKeyUnlocked } from "../../provider/gates/gates/production-key-unlocked.js";
import { UNKNOWN } from "../../schema/unknown.js";
import { found, gateCases } from "./support/gate-cases.js";
import { created, deleted, kept, replaced, updated } from "./support/plan.js";

const key = { name: "prod", project: "projects/a", environment: "production" };
const unlocked = (before: object, after: object = {}) => ({
  steps: [replaced("ApiKey", "keys/prod", { ...before }, { project: undefined, ...after })],
});

gateCases(productionKeyUnlocked, {
  closes: unlocked(key, { defaultProject: "projects/a" }),
  object: "keys/prod",
  what: "the production key loses its lock and gets a default project instead",
  passes: {
    "a key of another environment": unlocked({ ...key, environment: "development" }),
    "another lock": { steps: [replaced("ApiKey", "keys/prod", key, { project: "projects/b" })] },
    "a key that had none": { steps: [updated("ApiKey", "keys/prod", { name: "prod", environment: "production" }, { hourlyUsd: 1 })] },
    "a new key, which guardrails judge": { steps: [created("ApiKey", "keys/prod", { name: "prod", environment: "production" })] },
    "the end of the key": { steps: [deleted("ApiKey", "keys/prod", key)] },
  },
  unknown: { steps: [replaced("ApiKey", "keys/prod", key, { project: UNKNOWN })] },
});

it("goes by the environment that the key has now, its project's where it has none", () => {
  const project = kept("Project", "projects/a", { name: "A", environment: "production" });
  const { steps } = unlocked({ name: "prod", project: "projects/a" }, { environment: "development" });
  expect(found(productionKeyUnlocked, { steps: [project, ...steps] })).toEqual([
    { object: "keys/prod", what: "the production key loses its lock" },
  ]);
});

it("sees a key whose declaration moves out of its project", () => {
  const steps = [
    deleted("ApiKey", "projects/a/keys/prod", key),
    created("ApiKey", "keys/prod", { name: "prod", environment: "production" }),
  ];
  expect(found(productionKeyUnlocked, { steps })).toEqual([{ object: "keys/prod", what: "the production key loses its lock" }]);
  const other = created("ApiKey", "keys/other", { name: "other", environment: "production" });
  expect(found(productionKeyUnlocked, { steps: [...steps.slice(0, 1), other] })).toEqual([]);
});

it("takes a key whose environment nobody tells for one of production", () => {
  expect(found(productionKeyUnlocked, unlocked({ name: "prod", project: "projects/a" }))).toEqual([
    { object: "keys/prod", what: "the key, whose environment nobody tells, loses its lock" },
  ]);
});
