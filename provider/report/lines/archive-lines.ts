import { project } from "../../../schema/kinds/project.js";
import { UNKNOWN } from "../../../schema/unknown.js";
import type { ObjectStep } from "../../gates/index.js";
import type { Context } from "./context.js";
import { lineAbout } from "./line-about.js";
import type { Telling } from "./telling.js";

/** Projects that are archived, or may be. What somebody loses by it is told with access. */
export function archiveLines(context: Context): readonly Telling[] {
  return context.changed.filter(isArchived).map((step): Telling => {
    const becomes = step.after?.status === UNKNOWN ? "may be archived: only the apply knows" : "is archived";
    const text = `project ${context.projectNames.get(step.urn) ?? step.name} ${becomes}`;
    return {
      line: lineAbout(step, { section: "access", rule: "project-archived", text, properties: ["status"] }, context),
      tells: [{ urn: step.urn, properties: ["status"] }],
    };
  });
}

function isArchived({ kind, before, after }: ObjectStep): boolean {
  if (kind !== project.name || before === undefined || before.inputs.status === after?.status) return false;
  return after?.status === "archived" || after?.status === UNKNOWN;
}
