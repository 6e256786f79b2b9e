import { project } from "../../../schema/kinds/project.js";
import type { AccessChange } from "../access/index.js";
import type { Context } from "./context.js";

/** People who lose nothing but what ends with projects, by control plane and project. */
export function lostWithProjects(context: Context): ReadonlyMap<string, readonly string[]> {
  const lost = new Map<string, string[]>();
  const ended = endedProjects(context);
  for (const change of context.accessChanges) {
    if (!endsWithProjects(change, ended)) continue;
    for (const name of change.places.flatMap(({ projects }) => projects)) {
      const key = `${change.controlPlane}\n${name}`;
      const people = lost.get(key);
      if (people === undefined) lost.set(key, [change.subject.name]);
      else people.push(change.subject.name);
    }
  }
  return lost;
}

/** Projects that are deleted, as `controlPlane\nname`. */
export function endedProjects({ changed, projectNames }: Context): ReadonlySet<string> {
  const steps = changed.filter(({ kind, operation }) => kind === project.name && operation === "delete");
  return new Set(steps.map((step) => `${step.controlPlane}\n${projectNames.get(step.urn)}`));
}

/** True when all that somebody loses is in projects that end. */
export function endsWithProjects({ change, subject, controlPlane, places }: AccessChange, ended: ReadonlySet<string>): boolean {
  if (change !== "lost" || subject.type !== "person") return false;
  return places.every((place) => place.in === "projects" && place.projects.every((name) => ended.has(`${controlPlane}\n${name}`)));
}
