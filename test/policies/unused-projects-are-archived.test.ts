import { expect, it } from "vitest";
import { unusedProjectsAreArchived } from "../../provider/policies/rules/unused-projects-are-archived.js";
import { ruleCases, told } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

const stack = (...days: string[]) =>
  `projects: { pilot: { name: Pilot, keys: { ${days.map((day, index) => `k${index}: { environment: development, expiresAt: ${day} }`).join(", ")} } } }`;

ruleCases(unusedProjectsAreArchived, {
  passes: `${stack("2026-11-20", "2026-11-22")}`,
  fails: stack("2026-11-20", "2026-01-31"),
  message:
    "Project projects/pilot (status) is active, and all of its 2 keys have ended. A project that nothing can use any more hides those that matter, and is not watched by anybody. Remove the keys and write `status: archived`, or renew a key that is still needed.",
  unknown: ["projects/pilot/keys/k1#expiresAt"],
});

it("unused-projects-are-archived leaves a project alone that never had a key, is archived, or cannot be", () => {
  expect(told(unusedProjectsAreArchived, viewOf("projects: { pilot: { name: Pilot } }"))).toEqual([]);
  expect(told(unusedProjectsAreArchived, viewOf(stack("2026-01-31").replace("name: Pilot", "name: Pilot, status: archived")))).toEqual([]);
  expect(told(unusedProjectsAreArchived, viewOf(stack("2026-01-31"), "floopy"))).toEqual([]);
});
