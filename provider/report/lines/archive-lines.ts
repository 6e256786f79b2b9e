import { project } from "../../../schema/kinds/project.js";
import { UNKNOWN } from "../../../schema/unknown.js";
import type { ObjectStep } from "../../gates/index.js";
import type { Context } from "./context.js";
import { lineAbout } from "./line-about.js";
import type { Telling } from "./telling.js";

const ARCHIVED = "archived";
/** Projects that are archived, or may be, and those that come back. Who loses or gains what by it is told with access. */
export function archiveLines(context: Context): readonly Telling[] {
  return context.changed.filter(isTurned).map((step): Telling => {
    const wasArchived = step.before?.inputs.status === ARCHIVED;
    const rule = wasArchived ? "project-returns" : "project-archived";
    const text = `project ${context.projectNames.get(step.urn) ?? step.name} ${wasArchived ? returning(step) : leaving(step)}`;
    return {
      line: lineAbout(step, { section: "access", rule, text, properties: ["status"] }, context),
      tells: [{ urn: step.urn, properties: ["status", "archive"] }],
    };
  });
}

function isTurned({ kind, before, after }: ObjectStep): boolean {
  if (kind !== project.name || before === undefined || after === undefined || before.inputs.status === after.status) return false;
  return before.inputs.status === ARCHIVED || after.status === ARCHIVED || after.status === UNKNOWN;
}

function returning({ after }: ObjectStep): string {
  return after?.status === UNKNOWN ? "may be in use again: only the apply knows" : "is in use again";
}

function leaving({ after }: ObjectStep): string {
  if (after?.status === UNKNOWN) return "may be archived: only the apply knows";
  const { reason, keepUntil } = (after?.archive ?? {}) as { readonly reason?: unknown; readonly keepUntil?: unknown };
  const kept = typeof keepUntil === "string" ? `, to be kept until ${keepUntil}` : "";
  return `is archived${kept}${typeof reason === "string" ? `: ${reason}` : ""}`;
}
