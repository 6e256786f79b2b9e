import { known } from "../../policies/seen.js";
import type { StackView } from "../../policies/stack-view.js";
import type { Access } from "./access.js";

/** What a selection may name, whether it gives anything to anybody or not. */
export interface Names {
  /** People and keys. */
  readonly who: readonly string[];
  /** Projects, by whatever name a person may know them. */
  readonly project: readonly string[];
}

/** Everything that can be asked for in the matrix of a view. */
export function namesIn(view: StackView, { planes }: Access): Names {
  const holders = [...planes.values()].flatMap((plane) => [...plane.holders.values()]);
  const projects = [...planes.values()].flatMap((plane) => [...plane.projects.values()]);
  const people = [...view.of("OrganizationMember"), ...view.of("ProjectMember")].flatMap(({ inputs }) => known(inputs.user) ?? []);
  const keys = view.of("ApiKey").map(({ name, inputs }) => known(inputs.name) ?? name);
  return {
    who: [...new Set([...holders.map(({ subject }) => subject.name), ...people, ...keys])],
    project: [
      ...new Set([
        ...projects.flatMap(({ name, aliases }) => [name, ...aliases]),
        ...holders.flatMap((holder) => [...holder.projects.keys()]),
      ]),
    ],
  };
}
