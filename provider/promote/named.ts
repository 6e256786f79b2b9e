import type { KindName } from "../../schema/kinds/index.js";
import type { Draft, DraftEntry } from "./draft.js";

/** The entry that a text names, as a stack file means it: nested in the same owner first, by key before any other property. */
export function named(draft: Draft, kind: KindName, text: string, from: DraftEntry, by: string): DraftEntry | undefined {
  const all = draft.entries(kind);
  const owner = projectPath(draft, from);
  const scopes = [all.filter((one) => owner !== undefined && one.owner?.name === owner), all.filter((one) => one.owner === undefined)];
  for (const scope of scopes) {
    const found = scope.find(({ key }) => key === text) ?? scope.find(({ given }) => given[by] === text);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Path of the project that an entry stands under, or names as its own. */
function projectPath(draft: Draft, entry: DraftEntry): string | undefined {
  if (entry.kindName === "Project") return entry.name;
  if (entry.owner !== undefined) return entry.owner.name;
  const { project } = entry.given;
  return draft.entries("Project").find(({ key, given }) => project !== undefined && (key === project || given.name === project))?.name;
}

/** Everything of a kind that belongs to a project. */
export function inProject(draft: Draft, kind: KindName, project: DraftEntry): readonly DraftEntry[] {
  return draft.entries(kind).filter((entry) => projectPath(draft, entry) === project.name);
}
