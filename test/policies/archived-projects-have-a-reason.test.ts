import { archivedProjectsHaveAReason } from "../../provider/policies/rules/archived-projects-have-a-reason.js";
import { ruleCases } from "./support/rule-cases.js";

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
