import { exclusiveOf, ignoredBy } from "./collections.js";
import { controlPlanesOf, MAIN } from "./control-planes.js";
import { declare } from "./declare.js";
import { type Declared, declaredIn } from "./entries.js";
import { readSources, type Sources } from "./files.js";
import { at, type Located } from "./located.js";
import type { Problem, Stack } from "./model.js";
import { parse } from "./parse.js";
import { StackProblems } from "./stack-problems.js";
import { fileProblems, type ParsedFile, sharedProjects } from "./team-files.js";

/**
 * Reads a stack file, or a folder of them, without any network. Throws StackProblems with everything that is wrong, each with
 * its position.
 */
export function loadStack(path: string): Stack {
  const sources = readSources(path);
  const parsed = sources.sources.map((source) => ({ team: source.team, ...parse(source.text, source.shown) }));
  const files = parsed.flatMap(({ team, root }) => (root === undefined ? [] : [{ team, root }]));
  const { stack, problems } = stackOf(sources, files);
  const all = [...sources.problems, ...parsed.flatMap((one) => one.problems), ...problems];
  if (all.length > 0) throw new StackProblems(all);
  return stack;
}

function stackOf(sources: Sources, files: readonly ParsedFile[]): { readonly stack: Stack; readonly problems: readonly Problem[] } {
  const ofFiles = [...files.flatMap(fileProblems), ...sharedProjects(files)];
  const { entries, collections } = together(files.map(({ root }) => declaredIn(root)));
  const main = files.find(({ team }) => !team)?.root;
  const controlPlanes = main === undefined ? [] : controlPlanesOf(main);
  const planes = controlPlanes.length > 0 ? controlPlanes.map(({ name }) => name) : [MAIN];
  const { declarations, problems } = declare(entries, {
    planes,
    several: at(main, ["controlPlanes"]) !== undefined,
    complete: main !== undefined && files.length === sources.sources.length && sources.problems.length === 0,
    refused: ({ node }) => ofFiles.some((problem) => concerns(problem, node)),
  });
  const governance = at(main, ["governance"])?.value;
  const stack: Stack = {
    name: String(at(main, ["name"])?.value),
    directory: sources.directory,
    files: sources.sources.map(({ shown }) => shown),
    controlPlanes,
    declarations,
    exclusive: exclusiveOf(collections, planes),
    ignore: ignoredBy(collections, planes),
    ...(governance === undefined ? {} : { governance }),
  };
  return { stack, problems: [...ofFiles, ...problems] };
}

function concerns({ path, position }: Problem, { path: entry, keyPosition }: Located): boolean {
  return position.file === keyPosition.file && `${path}.`.startsWith(`${entry.join(".")}.`);
}

function together(parts: readonly Declared[]): Declared {
  return { entries: parts.flatMap(({ entries }) => entries), collections: parts.flatMap(({ collections }) => collections) };
}
