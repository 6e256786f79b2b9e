import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { stateFolder } from "./state-folder.js";

/**
 * Removes attribute files that a killed engine left half-written beside a stack's checkpoint on a `file://` backend. They hold nothing
 * but a content type, and a broken one keeps the engine from reading the checkpoint at all.
 */
export function removeTornAttributes(backendUrl: string, workDir: string, project: string): void {
  const state = stateFolder(backendUrl, workDir);
  if (state === undefined) return;
  const folder = join(state, ".pulumi", "stacks", project);
  for (const name of filesIn(folder).filter((file) => file.endsWith(".attrs"))) {
    const file = join(folder, name);
    if (!isJson(readFileSync(file, "utf8"))) rmSync(file, { force: true });
  }
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // The backend holds no stack of this project yet.
    return [];
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
