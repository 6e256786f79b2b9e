import { projectsInUse } from "../projects.js";
import type { Violation } from "../rule.js";
import type { StackView } from "../stack-view.js";
import { environmentInName } from "./environment-words.js";

/** A project for each product: none is split by environment, which is a matter of keys and environments in the project. */
export function perProduct(view: StackView): readonly Violation[] {
  return projectsInUse(view).flatMap((project) => {
    const environment = environmentInName(project);
    if (environment === undefined) return [];
    return [
      {
        object: project,
        property: "name",
        what: `stands for an environment (${environment}), and no project does in the chosen layout`,
        advice: "Make one project, with a key for each environment (`keys: { checkout-prod: { environment: production } }`).",
      },
    ];
  });
}
