import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import type { FileText } from "../../export/stack-files.js";
import { cannotBeWritten } from "../output-files.js";

const SCHEMA = { name: "stackfile.schema.json", from: new URL("../../../../schema/stackfile.schema.json", import.meta.url) };

/** A stack's files by name: those of a folder, or the one file that the stack is. */
export function filesOf(path: string, shown: readonly string[]): readonly FileText[] {
  return shown.map((file) => ({ name: basename(file), text: readFileSync(join(folderOf(path), basename(file)), "utf8") }));
}

/** The schema that the files name in their first line, where it is not there yet. */
export function schemaFile(path: string): readonly FileText[] {
  return existsSync(join(folderOf(path), SCHEMA.name)) ? [] : [{ name: SCHEMA.name, text: readFileSync(SCHEMA.from, "utf8") }];
}

/** Writes files into the folder of a stack. Throws InvalidInput where one cannot be written. */
export function writeFiles(path: string, files: readonly FileText[]): void {
  for (const { name, text } of files) {
    const file = join(folderOf(path), name);
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    } catch (cause) {
      throw cannotBeWritten(file, cause);
    }
  }
}

/** Runs a task on files that stand in a folder of their own, which goes afterwards. */
export function inTemporaryFolder<T>(files: readonly FileText[], task: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-export-"));
  try {
    writeFiles(folder, files);
    return task(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** True for a stack that is one file. */
export function isOneFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

function folderOf(path: string): string {
  return isOneFile(path) ? dirname(resolve(path)) : resolve(path);
}
