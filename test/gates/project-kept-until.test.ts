import { expect, it } from "vitest";
import { projectKeptUntil } from "../../provider/gates/gates/project-kept-until.js";
import { UNKNOWN } from "../../schema/unknown.js";
import { found, gateCases } from "./support/gate-cases.js";
import { deleted, released, replaced, updated } from "./support/plan.js";

const P = "projects/pilot";
const archived = (keepUntil?: unknown) => ({
  name: "Pilot",
  status: "archived",
  archive: { reason: "The trial is over", ...(keepUntil === undefined ? {} : { keepUntil }) },
});
const shortened = (keepUntil?: unknown) => updated("Project", P, archived("2027-06-30"), archived(keepUntil));

gateCases(projectKeptUntil, {
  closes: { steps: [deleted("Project", P, archived("2026-11-21"))] },
  object: P,
  what: "the project is kept until 2026-11-21, and would be deleted before",
  passes: {
    "a deletion on the day after": { steps: [deleted("Project", P, archived("2026-11-20"))] },
    "a deletion of what is kept for no time": { steps: [deleted("Project", P, archived())] },
    "a project that only leaves the stack": { steps: [released("Project", P, archived("2027-06-30"))] },
    "a removal where it archives": { steps: [deleted("Project", P, archived("2027-06-30"))], system: "olyx" },
    "a later day": { steps: [shortened("2027-07-01")] },
    "a project that comes back into use": {
      steps: [updated("Project", P, archived("2027-06-30"), { status: "active", archive: undefined })],
    },
    "a nearer day in place of one that has passed": { steps: [updated("Project", P, archived("2026-11-20"), archived("2026-11-19"))] },
  },
  unknown: { steps: [shortened(UNKNOWN)] },
});

it("stops a replacement, and a destroy", () => {
  expect(found(projectKeptUntil, { steps: [replaced("Project", P, archived("2027-06-30"), { slug: "other" })] })).toMatchObject([
    { what: expect.stringContaining("would be replaced before") },
  ]);
  const destroyed = { steps: [deleted("Project", P, archived("2027-06-30"))], operation: "destroy" as const };
  expect(found(projectKeptUntil, destroyed)).toHaveLength(1);
});

it("stops that the day comes nearer, or goes, which is the way round it", () => {
  expect(found(projectKeptUntil, { steps: [shortened("2027-06-29")] })).toEqual([
    { object: P, what: "the project was to be kept until 2027-06-30, and it would be kept until 2027-06-29" },
  ]);
  expect(found(projectKeptUntil, { steps: [shortened()] })).toEqual([
    { object: P, what: "the project was to be kept until 2027-06-30, and it would be kept for no time" },
  ]);
});
