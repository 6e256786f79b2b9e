import { projectsInUse } from "../projects.js";
import { defineRule } from "../rule.js";
import { known } from "../seen.js";

/** What stands between several workloads in a list that people write: `chat and batch`, `chat, extraction`, `chat + media`. */
const BETWEEN = /\s*[,;/+&]\s*|\s+and\s+/i;

export const projectHasOneWorkload = defineRule({
  name: "project-has-one-workload",
  title: "A project has one primary workload",
  why: "Chat, extraction, media and batch jobs differ in cost, speed and risk; in one project no limit fits both of two.",
  enforces: ["A-12"],
  // A project of Qodex is an app, of which several workloads are tests.
  systems: ["gatehouse", "anyint", "floopy", "olyx", "routerly"],
  level: "advisory",
  alone: "Project",
  settings: {},
  check: (view) =>
    projectsInUse(view).flatMap((project) => {
      const workload: unknown = known(project.inputs.launch)?.workload;
      const parts = typeof workload === "string" ? workload.split(BETWEEN).filter((part) => part !== "") : [];
      if (parts.length < 2) return [];
      return [
        {
          object: project,
          property: "launch.workload",
          what: `serves ${parts.length} workloads (${parts.join(", ")})`,
          advice: "Make a project for each, and name in `workload` the one that this one is for.",
        },
      ];
    }),
  example: {
    bad: "projects: { helper: { name: Helper, launch: { owner: lin@acme.example, workload: chat and batch } } }",
    good: "projects: { helper: { name: Helper, launch: { owner: lin@acme.example, workload: chat } } }",
  },
});
