import { projectMember } from "../../../schema/kinds/project-member.js";
import type { ObjectStep } from "../../gates/index.js";
import { type Holder, idOf, type PlaneAccess } from "../access/access.js";
import { reachAt } from "../access/reach.js";
import { someOf } from "../some-of.js";
import type { Context } from "./context.js";
import { lineAbout } from "./line-about.js";
import type { Telling, ToldSoFar } from "./telling.js";

/** Roles in projects that change nothing for whoever has as much in every project. */
export function shadowedLines(context: Context, told: ToldSoFar): readonly Telling[] {
  const steps = context.changed.filter((step) => step.kind === projectMember.name && !told.isWhole(step));
  return steps.flatMap((step): Telling[] => {
    const plane = context.accessAfter.planes.get(step.controlPlane);
    const holder = plane?.holders.get(idOf({ subject: { type: "person", name: String(step.after?.user).toLowerCase() }, urn: undefined }));
    if (plane === undefined || holder === undefined || !isShadowed(step, plane, holder)) return [];
    const { role } = step.after ?? {};
    const ways = someOf(holder.everyProject.map(({ via }) => via));
    const text = `${step.kind} ${step.name} (${String(role)}) changes nothing: ${ways} ${holder.everyProject.length === 1 ? "gives" : "give"} as much`;
    return [
      {
        line: lineAbout(step, { section: "access", rule: "role-without-effect", text }, context),
        tells: [{ urn: step.urn, properties: "all" }],
      },
    ];
  });
}

/** True when no role in the project adds anything. Of a project that has no id yet, when none in any does. */
function isShadowed({ after }: ObjectStep, plane: PlaneAccess, holder: Holder): boolean {
  const named = [...plane.projects.values()].filter(({ id }) => id !== undefined && id === after?.project).map(({ name }) => name);
  const projects = (named.length > 0 ? named : [...holder.projects.keys()]).filter((name) => holder.projects.has(name));
  const added = projects.flatMap((project) => reachAt(plane, holder, { in: "project", project }).ways.slice(holder.everyProject.length));
  return added.length > 0 && added.every((way) => way.isShadowed);
}
