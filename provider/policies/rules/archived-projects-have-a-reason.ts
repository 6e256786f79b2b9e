import { defineRule } from "../rule.js";
import { UNKNOWN } from "../seen.js";

export const archivedProjectsHaveAReason = defineRule({
  name: "archived-projects-have-a-reason",
  title: "An archived project says why it was archived",
  why: "Whoever finds it in a year decides by that whether it may come back, or go for good.",
  enforces: ["O-27"],
  level: "mandatory",
  alone: "Project",
  settings: {},
  check: (view) =>
    view
      .of("Project")
      .filter(({ inputs: { status, archive } }) => status === "archived" && archive !== UNKNOWN && archive?.reason === undefined)
      .map((project) => ({
        object: project,
        property: "archive.reason",
        what: "is archived without a reason",
        advice: "Write `archive: { reason: …, keepUntil: … }` beside the status.",
      })),
  example: {
    bad: "projects: { pilot: { name: Pilot, status: archived } }",
    good: "projects: { pilot: { name: Pilot, status: archived, archive: { reason: The trial with the helpdesk is over, keepUntil: 2027-12-31 } } }",
  },
});
