import { groupedBy, namesOf, projectsInUse } from "../projects.js";
import type { Violation } from "../rule.js";
import { isKnown, type SeenObject } from "../seen.js";
import type { StackView } from "../stack-view.js";
import { environmentInName } from "./environment-words.js";

/** A project for each environment: each stands for one, its keys are of that one, and staging comes before production. */
export function perEnvironment(view: StackView): readonly Violation[] {
  const projects = projectsInUse(view);
  return [
    ...projects.flatMap((project) => withoutEnvironment(project)),
    ...projects.flatMap((project) => [...otherKeys(view, project), ...severalEnvironments(view, project)]),
    ...withoutStaging(projects),
  ];
}

function classOf(project: SeenObject<"Project">) {
  return project.inputs.environment ?? environmentInName(project);
}

function withoutEnvironment(project: SeenObject<"Project">): readonly Violation[] {
  if (classOf(project) !== undefined || !isKnown(project.inputs.name)) return [];
  const what = "stands for no environment, and the layout is a project for each";
  return [{ object: project, property: "environment", what, advice: "Write `environment:`, or call the project after its environment." }];
}

function otherKeys(view: StackView, project: SeenObject<"Project">): readonly Violation[] {
  const environment = classOf(project);
  if (!isKnown(environment)) return [];
  return view
    .referringTo(project, "ApiKey")
    .filter(({ inputs }) => isKnown(inputs.environment) && inputs.environment !== environment)
    .map((key) => ({
      object: key,
      property: "environment",
      what: `is a key for ${String(key.inputs.environment)} in the project of ${environment}`,
      advice: `Make the key in the project of ${String(key.inputs.environment)}.`,
    }));
}

function severalEnvironments(view: StackView, project: SeenObject<"Project">): readonly Violation[] {
  const environments = view.referringTo(project, "Environment");
  if (environments.length < 2) return [];
  const what = `holds ${environments.length} environments (${namesOf(environments)}), and the layout is a project for each`;
  return [{ object: project, what, advice: "Keep one of them here, or choose `layout: perProduct`, where a project has several." }];
}

/** The smallest set-up is one project for staging and one for production (O-03). */
function withoutStaging(projects: readonly SeenObject<"Project">[]): readonly Violation[] {
  return [...groupedBy(projects, ({ controlPlane }) => controlPlane).values()].flatMap((own): readonly Violation[] => {
    const classes = own.map((project) => classOf(project));
    const production = own[classes.indexOf("production")];
    if (
      production === undefined ||
      classes.some((environment) => environment === "staging" || (environment !== undefined && !isKnown(environment)))
    )
      return [];
    const what = "has no project of staging beside it";
    return [
      {
        object: production,
        what,
        advice: "Declare a project with `environment: staging`, where changes are proved first.",
        onlyAdvice: "unlessAsked",
      },
    ];
  });
}
