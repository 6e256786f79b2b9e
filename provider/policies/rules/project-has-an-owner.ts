import { crowdsOf } from "../people.js";
import { projectsInUse } from "../projects.js";
import { defineRule, type Violation } from "../rule.js";
import { type SeenObject, UNKNOWN } from "../seen.js";

export const projectHasAnOwner = defineRule({
  name: "project-has-an-owner",
  title: "Every project has an owner, who is a member",
  why: "Alerts, invoices and usage reports of a project that nobody owns reach nobody.",
  enforces: ["A-28"],
  level: "mandatory",
  alone: "Project",
  settings: {},
  check: (view, { today }) => {
    const crowds = new Map(crowdsOf(view, today).map(({ first, people }) => [first.controlPlane, new Set(people.map(({ user }) => user))]));
    return projectsInUse(view)
      .filter((project) => view.offers(project, "launch.owner"))
      .flatMap((project) => withoutOwner(project, crowds.get(project.controlPlane)));
  },
  example: {
    bad: "projects: { checkout: { name: Checkout } }",
    good: "projects: { checkout: { name: Checkout, launch: { owner: lin@acme.example } } }",
  },
});

/** `members` are those of the organization in lower case, undefined among them when one is unknown; absent where nobody declares members. */
function withoutOwner(project: SeenObject<"Project">, members: ReadonlySet<string | undefined> | undefined): readonly Violation[] {
  const { launch } = project.inputs;
  if (launch === UNKNOWN) return [];
  const owner: unknown = launch?.owner;
  const at = { object: project, property: "launch.owner" };
  if (owner === undefined) return [{ ...at, what: "has no owner", advice: "Write `launch: { owner: person@your.example }`." }];
  if (typeof owner !== "string" || members === undefined || members.has(undefined) || members.has(owner.toLowerCase())) return [];
  return [
    {
      ...at,
      what: `is owned by ${owner}, who is no member of the organization today`,
      advice: "Declare that person under `members`, or name an owner who is there.",
    },
  ];
}
