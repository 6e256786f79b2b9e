import { projectsInUse } from "../projects.js";
import type { Violation } from "../rule.js";
import { known, type SeenObject } from "../seen.js";
import type { StackView } from "../stack-view.js";

/** An app that is tested has one project, whatever a project stands for: found by the address it answers at. */
export function sameAppTwice(view: StackView): readonly Violation[] {
  const inUse = new Set(projectsInUse(view).map(({ urn }) => urn));
  const first = new Map<string, SeenObject>();
  return view.of("Environment").flatMap((environment) => {
    const project = view.projectOf(environment);
    const origin = originOf(known(environment.inputs.baseUrl));
    if (project === undefined || origin === undefined || !inUse.has(project.urn)) return [];
    const key = `${environment.controlPlane} ${origin}`;
    const other = first.get(key);
    first.set(key, other ?? project);
    if (other === undefined || other.urn === project.urn) return [];
    return [
      {
        object: environment,
        property: "baseUrl",
        what: `is at ${origin}, the app of ${other.name}, which has a project already`,
        advice: `Test one app in one project: declare this under \`environments\` of ${other.name}.`,
      },
    ];
  });
}

function originOf(address: string | undefined): string | undefined {
  return address !== undefined && URL.canParse(address) ? new URL(address).origin : undefined;
}
