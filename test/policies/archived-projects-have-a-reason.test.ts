import { expect, it } from "vitest";
import { archivedProjectsHaveAReason } from "../../provider/policies/rules/archived-projects-have-a-reason.js";
import { ruleCases, told } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

ruleCases(archivedProjectsHaveAReason, {
  passes: `projects:
  pilot: { name: Pilot, status: archived, archive: { reason: The trial is over } }
  checkout: { name: Checkout, status: active }
  search: { name: Search }`,
  fails: "projects: { pilot: { name: Pilot, status: archived } }",
  message:
    "Project projects/pilot (archive.reason) is archived without a reason. Whoever finds it in a year decides by that whether it may come back, or go for good. Write `archive: { reason: …, keepUntil: … }` beside the status.",
  unknown: ["projects/pilot#archive"],
});

it.each(["olyx", "qodex"])("archived-projects-have-a-reason asks on %s too, where the state keeps it", (system) => {
  const judged = (more: string) =>
    told(archivedProjectsHaveAReason, viewOf(`projects: { pilot: { name: Pilot, status: archived${more} } }`, system));
  expect(judged("")).toHaveLength(1);
  expect(judged(", archive: { reason: The trial is over }")).toEqual([]);
});
