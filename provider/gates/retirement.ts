import { kindNamed } from "../../schema/kinds/index.js";
import { project } from "../../schema/kinds/project.js";
import { UNKNOWN } from "../../schema/unknown.js";
import { archivesInsteadOfRemoving } from "../adapters/archived-projects.js";
import { adapterOf } from "../adapters/index.js";
import { isDeletion, isEnding, type ObjectStep } from "./facts.js";

export const ARCHIVED = "archived";

/** True when a project that is in use is declared as archived, or may be. */
export function isArchiving(step: ObjectStep): boolean {
  const { kind, before, after } = step;
  if (kind !== project.name || isEnding(step) || before === undefined || before.inputs.status === ARCHIVED) return false;
  return after?.status === ARCHIVED || after?.status === UNKNOWN;
}

/** True when a project goes out of use and keeps its history: it is archived, or removed where a removal archives. */
export function isRetiring(step: ObjectStep): boolean {
  if (isArchiving(step)) return true;
  return isDeletion(step) && step.kind === project.name && keepsHistory(step) && step.before?.inputs.status !== ARCHIVED;
}

/** True when a project ends with all that it holds, for good. */
export function losesHistory(step: ObjectStep): boolean {
  return step.kind === project.name && isEnding(step) && !keepsHistory(step);
}

function keepsHistory({ kind, system }: ObjectStep): boolean {
  const described = kindNamed(kind);
  return described !== undefined && archivesInsteadOfRemoving(adapterOf(system), described);
}
