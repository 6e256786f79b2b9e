import { today as currentDay } from "../today.js";
import { exclusiveOf, ignoredBy } from "./collections.js";
import { controlPlanesOf, MAIN } from "./control-planes.js";
import { declare } from "./declare.js";
import { withoutEnded } from "./ended.js";
import { type Declared, declaredIn } from "./entries.js";
import { readSources, type Sources } from "./files.js";
import { at, type Located } from "./located.js";
import type { Position, Problem, Stack } from "./model.js";
import { parse } from "./parse.js";
import { StackProblems } from "./stack-problems.js";
import { fileProblems, type ParsedFile, sharedProjects } from "./team-files.js";

/** Finds further problems in what is valid by itself, such as what a system lacks. */
type FurtherCheck = (stack: Stack) => readonly Problem[];

/**
 * Reads a stack file, or a folder of them, without any network. Throws StackProblems with everything that is wrong, each with
 * its position. `further` is given the declarations that nothing is wrong with so far. What is over `today` is checked like the rest, and
 * is declared no more.
 */
export function loadStack(path: string, further: FurtherCheck = () => [], today: string = currentDay()): Stack {
  return loadSources(readSources(path), further, today);
}

/** The same of files that were read, or that are not written yet. */
export function loadSources(sources: Sources, further: FurtherCheck = () => [], today: string = currentDay()): Stack {
  const parsed = sources.sources.map((source) => ({ team: source.team, ...parse(source.text, source.shown) }));
  const files = parsed.flatMap(({ team, root }) => (root === undefined ? [] : [{ team, root }]));
  const { stack, problems } = stackOf(sources, files);
  const own = [...sources.problems, ...parsed.flatMap((one) => one.problems), ...problems];
  const all = [...own, ...further(withoutRefused(stack, own))];
  if (all.length > 0) throw new StackProblems(all);
  return withoutEnded(stack, today);
}

function stackOf(sources: Sources, files: readonly ParsedFile[]): { readonly stack: Stack; readonly problems: readonly Problem[] } {
  const ofFiles = [...files.flatMap(fileProblems), ...sharedProjects(files)];
  const { entries, collections } = together(files.map(({ root }) => declaredIn(root)));
  const main = files.find(({ team }) => !team)?.root;
  const controlPlanes = main === undefined ? [] : controlPlanesOf(main);
  const planes = controlPlanes.length > 0 ? controlPlanes.map(({ name }) => name) : [MAIN];
  const { declarations, problems } = declare(entries, {
    planes,
    systemOf: (plane) => controlPlanes.find(({ name }) => name === plane)?.system,
    several: at(main, ["controlPlanes"]) !== undefined,
    complete: main !== undefined && files.length === sources.sources.length && sources.problems.length === 0,
    refused: ({ node }) => ofFiles.some((problem) => concerns(problem, node)),
  });
  const stack: Stack = {
    name: String(at(main, ["name"])?.value),
    directory: sources.directory,
    files: sources.sources.map(({ shown }) => shown),
    controlPlanes,
    declarations,
    exclusive: exclusiveOf(collections, planes),
    ignore: ignoredBy(collections, planes),
    ended: { declarations: [], ignore: [] },
  };
  return { stack, problems: [...ofFiles, ...problems] };
}

function withoutRefused(stack: Stack, problems: readonly Problem[]): Stack {
  const isRefused = (position: Position, path: string) =>
    problems.some((problem) => problem.position.file === position.file && `${problem.path}.`.startsWith(`${path}.`));
  return {
    ...stack,
    controlPlanes: stack.controlPlanes.filter(
      ({ name, position }) => !isRefused(position, name === MAIN ? "controlPlane" : `controlPlanes.${name}`),
    ),
    declarations: stack.declarations.filter(({ position, path }) => !isRefused(position, path)),
  };
}

function concerns({ path, position }: Problem, { path: entry, keyPosition }: Located): boolean {
  return position.file === keyPosition.file && `${path}.`.startsWith(`${entry.join(".")}.`);
}

function together(parts: readonly Declared[]): Declared {
  return { entries: parts.flatMap(({ entries }) => entries), collections: parts.flatMap(({ collections }) => collections) };
}
