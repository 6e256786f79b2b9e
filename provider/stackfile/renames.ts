import type { Entry } from "./entries.js";
import { type Located, problemAt, textOf, textsOf } from "./located.js";
import type { Problem } from "./model.js";

/** Former paths of an entry: its own, and those it had in what it is nested in. */
export function formerPaths(entry: Entry): readonly string[] {
  const { owner } = entry;
  const nested = owner === undefined ? [] : formerPaths(owner).map((former) => former + entry.name.slice(owner.name.length));
  return [...new Set([...ownRenames(entry).map(({ text }) => text), ...nested])];
}

/** Former paths that are none, or are taken. */
export function renameProblems(entries: readonly Entry[]): readonly Problem[] {
  const declared = new Map(entries.map((entry) => [entry.name, entry]));
  const claimed = new Map<string, Entry>();
  return entries.flatMap((entry) =>
    ownRenames(entry).flatMap(({ text, node }) => {
      if (!text.includes("/")) return [problemAt(node, `must be a path, like ${siblingPath(entry, text)}`)];
      if (declared.has(text)) return [problemAt(node, `names ${text}, which is declared still: remove renamedFrom, or that entry`)];
      const other = claimed.get(text);
      if (other !== undefined) return [problemAt(node, `names ${text}, which ${other.node.path.join(".")} was renamed from: keep one`)];
      claimed.set(text, entry);
      return [];
    }),
  );
}

function siblingPath(entry: Entry, key: string): string {
  return [...entry.node.path.slice(0, -1), key].join("/");
}

function ownRenames(entry: Entry): readonly { readonly text: string; readonly node: Located }[] {
  const node = entry.node.children.get("renamedFrom");
  const single = textOf(node);
  return node !== undefined && single !== undefined ? [{ text: single, node }] : textsOf(node);
}
