import { projectsInUse } from "../projects.js";
import { defineRule } from "../rule.js";
import { known, type SeenObject } from "../seen.js";

const NEEDED = ["keyOwner", "workload", "expectedMonthlyUsd", "escalationContact"] as const;

export const projectIsReadyForLaunch = defineRule({
  name: "project-is-ready-for-launch",
  title: "A project says who answers for its keys, what it does, what it may cost and whom to call",
  why: "Whoever is woken by a project must know without asking what it does, what it should cost and who decides.",
  enforces: ["A-30"],
  level: "advisory",
  alone: "Project",
  settings: {},
  check: (view) =>
    projectsInUse(view).flatMap((project) => {
      const missing = missingOf(project).filter((name) => view.offers(project, `launch.${name}`));
      if (missing.length === 0) return [];
      return [
        {
          object: project,
          property: "launch",
          what: `does not say ${missing.join(", ")}`,
          advice: `Write ${missing.map((name) => `\`${name}:\``).join(", ")} under \`launch\`.`,
        },
      ];
    }),
  example: {
    bad: "projects: { checkout: { name: Checkout, launch: { owner: lin@acme.example } } }",
    good: `projects:
  checkout:
    name: Checkout
    launch:
      { owner: lin@acme.example, keyOwner: lin@acme.example, workload: chat, expectedMonthlyUsd: 900, escalationContact: "#checkout" }`,
  },
});

function missingOf({ inputs }: SeenObject<"Project">): readonly string[] {
  if (inputs.launch === undefined) return NEEDED;
  const launch = known(inputs.launch);
  return launch === undefined ? [] : NEEDED.filter((name) => launch[name] === undefined);
}
