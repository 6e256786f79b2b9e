import { lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve } from "node:path";
import type { Problem } from "./model.js";

export const MAIN_FILE = "gatehouse.yaml";

/** Far above any stack that people write; a larger file is not parsed. */
const MAX_BYTES = 1_000_000;

/** A file of a stack: the one for the organization, or one that a team owns. */
export interface StackFileSource {
  /** As the user would type it. */
  readonly shown: string;
  readonly team: boolean;
  readonly text: string;
}

export interface Sources {
  /** Absolute path of the stack's folder. */
  readonly directory: string;
  readonly sources: readonly StackFileSource[];
  readonly problems: readonly Problem[];
}

/** Reads a stack file, or all files of a stack folder. Nothing else is read, and nothing below the folder. */
export function readSources(path: string): Sources {
  const absolute = resolve(path);
  const stats = statSync(absolute, { throwIfNoEntry: false });
  if (stats === undefined) return refused(dirname(absolute), path, "does not exist: give a stack file, or a folder with gatehouse.yaml");
  if (stats.isFile()) return read(dirname(absolute), [{ file: absolute, team: false }], path);
  if (!stats.isDirectory())
    return refused(dirname(absolute), path, "is neither a file nor a folder: give a stack file, or a folder with gatehouse.yaml");
  const names = readdirSync(absolute)
    .filter((name) => isStackFile(absolute, name))
    .sort();
  if (!names.includes(MAIN_FILE)) {
    const near = names.includes("gatehouse.yml")
      ? "rename gatehouse.yml to gatehouse.yaml"
      : "it holds the stack's name and its control plane";
    return refused(absolute, path, `has no ${MAIN_FILE}: ${near}`);
  }
  return read(
    absolute,
    [MAIN_FILE, ...names.filter((name) => name !== MAIN_FILE)].map((name) => ({ file: join(absolute, name), team: name !== MAIN_FILE })),
    path,
  );
}

function isStackFile(directory: string, name: string): boolean {
  return (
    /^[^.].*\.ya?ml$/.test(name) && !/^(Pulumi|gatehouse\.confirmations\.)/.test(name) && !lstatSync(join(directory, name)).isDirectory()
  );
}

function refused(directory: string, path: string, message: string): Sources {
  return { directory, sources: [], problems: [problem(path, message)] };
}

function read(directory: string, files: readonly { readonly file: string; readonly team: boolean }[], typed: string): Sources {
  const results = files.map(({ file, team }) => {
    const shown = shownAs(file, typed);
    const text = textOrReason(file);
    return typeof text === "string" ? { shown, team, text } : problem(shown, text.reason);
  });
  return {
    directory,
    sources: results.flatMap((result) => ("text" in result ? [result] : [])),
    problems: results.flatMap((result) => ("message" in result ? [result] : [])),
  };
}

function textOrReason(file: string): string | { readonly reason: string } {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (!stats?.isFile()) return { reason: "is not a file that can be read: remove it, or put a file there" };
  if (stats.size > MAX_BYTES) {
    return {
      reason: `has ${stats.size} bytes, more than the ${MAX_BYTES} a stack file may have: divide it into team files, or remove what is not a stack`,
    };
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    if (error instanceof TypeError) return { reason: "is not UTF-8 text: save it as UTF-8" };
    return {
      reason: `cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown reason"}): give whoever runs this the right to read it`,
    };
  }
}

/** Below the working folder: relative to it, as editors and terminals make links of it. Elsewhere: as it was typed. */
function shownAs(file: string, typed: string): string {
  const fromHere = relative(process.cwd(), file);
  if (!fromHere.startsWith("..") && !isAbsolute(fromHere)) return fromHere;
  return basename(resolve(typed)) === basename(file) && resolve(typed) === file ? typed : join(typed, basename(file));
}

function problem(file: string, message: string): Problem {
  return { position: { file, line: 1, column: 1 }, path: "", message };
}
