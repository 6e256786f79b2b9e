import { expect, it } from "vitest";
import { projectArchivedInUse } from "../../provider/gates/gates/project-archived-in-use.js";
import { UNKNOWN } from "../../schema/unknown.js";
import { found, gateCases } from "./support/gate-cases.js";
import { deleted, kept, listed, updated } from "./support/plan.js";

const P = "projects/checkout";
const project = { name: "Checkout", slug: "checkout" };
const archive = updated("Project", P, project, { status: "archived" });
const used = (day: string, more: object = {}) =>
  listed("ApiKey", `used-${day}`, { name: `used-${day}`, project: P, status: "revoked", lastUsedAt: `${day}T08:00:00Z`, ...more });
const spent = (usd: number) => listed("Project", P, { ...project, totalMonthlySpendUsd: usd });
const tier = listed("RoutingTier", "t", { project: P, tier: "simple", model: "m" }, { owner: P });
const visitor = { name: "free", defaultProject: P, status: "active" };

gateCases(projectArchivedInUse, {
  closes: { steps: [archive], live: [used("2026-11-20"), used("2026-11-06")] },
  object: P,
  what: "the project is archived while it is in use: key used-2026-11-20 was last used 2026-11-20",
  passes: {
    "a project that has been idle for two weeks": { steps: [archive], live: [used("2026-11-06")] },
    "a project whose spend this month is that of a key that is idle now": { steps: [archive], live: [used("2026-11-02"), spent(3)] },
    "a change of a project that is archived already": {
      steps: [updated("Project", P, { ...project, status: "archived" }, { name: "Old" })],
      live: [used("2026-11-20")],
    },
    "a project that comes back": {
      steps: [updated("Project", P, { ...project, status: "archived" }, { status: "active" })],
      live: [used("2026-11-20")],
    },
    "a tier that goes in the same change": {
      steps: [archive, deleted("RoutingTier", "t", { project: P, tier: "simple", model: "m" })],
      live: [tier],
    },
    "keys that fall back to it and give no access, or to another one from now on": {
      steps: [archive, updated("ApiKey", "moved", visitor, { defaultProject: "projects/other" })],
      live: [listed("ApiKey", "off", { ...visitor, status: "disabled" })],
    },
    "a deletion, which ends more than the use": { steps: [deleted("Project", P, project)], live: [used("2026-11-20")] },
  },
  unknown: { steps: [updated("Project", P, project, { status: UNKNOWN })], live: [used("2026-11-20")] },
});

it("counts the use of a key that the same change ends: whatever called with it yesterday fails today", () => {
  const own = { name: "own", project: P };
  const steps = [archive, deleted("ApiKey", "keys/own", own, { lastUsedAt: "2026-11-19T08:00:00Z" })];
  expect(found(projectArchivedInUse, { steps })).toMatchObject([{ what: expect.stringContaining("key own was last used 2026-11-19") }]);
});

it("counts the fourteenth day before", () => {
  expect(found(projectArchivedInUse, { steps: [archive], live: [used("2026-11-07")] })).toHaveLength(1);
});

it("counts what was spent this month by nobody knows whom", () => {
  expect(found(projectArchivedInUse, { steps: [archive], live: [spent(3.5), used("2026-10-01")] })).toEqual([
    { object: P, what: "the project is archived while it is in use: it spent 3.5 USD this month" },
  ]);
});

it("names tiers that stay and keys that fall back to the project, declared or not", () => {
  const steps = [archive, kept("ApiKey", "keys/free", visitor)];
  expect(found(projectArchivedInUse, { steps, live: [tier] })).toEqual([
    { object: P, what: "the project is archived while it is in use: RoutingTier simple stays, key free falls back to it" },
  ]);
});

it("judges a removal as an archive where a removal archives", () => {
  const gone = deleted("Project", P, project);
  expect(found(projectArchivedInUse, { steps: [gone], live: [used("2026-11-20")], system: "olyx" })).toHaveLength(1);
  const archived = deleted("Project", P, { ...project, status: "archived" });
  expect(found(projectArchivedInUse, { steps: [archived], live: [used("2026-11-20")], system: "olyx" })).toEqual([]);
});
