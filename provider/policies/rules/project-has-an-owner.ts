import { projectsInUse } from "../projects.js";
import { defineRule, type Violation } from "../rule.js";
import { type SeenObject, UNKNOWN } from "../seen.js";
import { strangersIn } from "../strangers.js";

export const projectHasAnOwner = defineRule({
  name: "project-has-an-owner",
  title: "Every project has an owner, who is a member",
  why: "Alerts, invoices and usage reports of a project that nobody owns reach nobody.",
  enforces: ["A-28"],
  level: "mandatory",
  alone: "Project",
  settings: {},
  check: (view, { today }) => {
    const isStranger = strangersIn(view, today);
    return projectsInUse(view)
      .filter((project) => view.offers(project, "launch.owner"))
      .flatMap((project) => withoutOwner(project, isStranger));
  },
  example: {
    bad: "projects: { checkout: { name: Checkout } }",
    good: "projects: { checkout: { name: Checkout, launch: { owner: lin@acme.example } } }",
  },
});

function withoutOwner(project: SeenObject<"Project">, isStranger: ReturnType<typeof strangersIn>): readonly Violation[] {
  const { launch } = project.inputs;
  if (launch === UNKNOWN) return [];
  const owner: unknown = launch?.owner;
  const at = { object: project, property: "launch.owner" };
  if (owner === undefined) return [{ ...at, what: "has no owner", advice: "Write `launch: { owner: person@your.example }`." }];
  if (!isStranger(project, owner)) return [];
  return [
    {
      ...at,
      what: `is owned by ${owner}, who is no member of the organization today`,
      advice: "Declare that person under `members`, or name an owner who is there.",
    },
  ];
}
