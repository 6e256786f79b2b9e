import { at, isMapping, type Located, problemAt, problemAtKey, textsOf } from "./located.js";
import type { Problem } from "./model.js";
import { renderPosition } from "./stack-problems.js";
import { schemaProblems } from "./validate.js";

/** A file that could be parsed. */
export interface ParsedFile {
  readonly root: Located;
  readonly team: boolean;
}

/** What one file has wrong by itself, in its role. */
export function fileProblems({ root, team }: ParsedFile): readonly Problem[] {
  if (!isMapping(root)) return schemaProblems(root);
  return team ? teamProblems(root) : mainProblems(root);
}

type Mapping = Located & { readonly value: Readonly<Record<string, unknown>> };

function mainProblems(root: Mapping): readonly Problem[] {
  const owns = root.children.get("owns");
  if (owns === undefined) return schemaProblems(root);
  // The schema tells a team file by its owns: judged as what the file is, the rest of it shows its own problems.
  const { owns: _, ...rest } = root.value;
  return [problemAtKey(owns, "belongs in team files, beside gatehouse.yaml in a folder: remove it"), ...schemaProblems(root, rest)];
}

function teamProblems(root: Mapping): readonly Problem[] {
  const projects = [...(at(root, ["projects"])?.children ?? [])].filter(([key]) => !key.startsWith("$"));
  if (!root.children.has("owns")) {
    const keys = projects.map(([key]) => key);
    const example = `owns: { projects: [${keys.join(", ") || "checkout"}] }`;
    const missing = problemAt(root, `owns is missing: every file beside gatehouse.yaml begins with ${example}`);
    return [missing, ...schemaProblems(root, { owns: { projects: keys.length > 0 ? keys : ["none"] }, ...root.value })];
  }
  const owned = textsOf(at(root, ["owns", "projects"])).map(({ text }) => text);
  const foreign = projects.filter(([key]) => !owned.includes(key));
  return [
    ...foreign.map(([key, node]) =>
      problemAtKey(node, `is not owned by this file: add ${key} to owns.projects, or move the project to its file`),
    ),
    ...schemaProblems(root),
  ];
}

/** Projects that two files declare or own. One project stands in one file. */
export function sharedProjects(files: readonly ParsedFile[]): readonly Problem[] {
  const owned = files.map(({ root }) => textsOf(at(root, ["owns", "projects"])).map(({ text, node }) => [text, node] as const));
  const declared = files.map(({ root }) => [...(at(root, ["projects"])?.children ?? [])].filter(([key]) => !key.startsWith("$")));
  return [...repeated(owned, "owned"), ...repeated(declared, "declared")];
}

function repeated(files: readonly (readonly (readonly [string, Located])[])[], verb: string): readonly Problem[] {
  const first = new Map<string, Located>();
  return files.flatMap((entries) => {
    const again = entries.flatMap(([key, node]) => {
      const other = first.get(key);
      if (other === undefined) return [];
      return [problemAtKey(node, `is ${verb} in ${renderPosition(other.keyPosition)} too: keep each project in one file`)];
    });
    for (const [key, node] of entries) if (!first.has(key)) first.set(key, node);
    return again;
  });
}
