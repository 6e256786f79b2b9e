import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { OpenStack } from "../engine-stack.js";
import { stateFolder } from "./state-folder.js";

/** A lock that an engine took on a stack, as its file says. */
export interface EngineLock {
  readonly file: string;
  /** 0 when the file names no owner. */
  readonly pid: number;
  readonly username: string;
  readonly hostname: string;
  /** When it was taken, ISO 8601. */
  readonly timestamp: string;
}

/** The locks on a stack whose state lies in a folder. None for other backends: the engine alone knows theirs. */
export function locksOn(stack: OpenStack): readonly EngineLock[] {
  const url = stack.engine.workspace.envVars.PULUMI_BACKEND_URL ?? stack.environment.PULUMI_BACKEND_URL ?? "";
  const folder = stateFolder(url, stack.engine.workspace.workDir);
  if (folder === undefined) return [];
  const name = stack.stackName.slice(stack.stackName.lastIndexOf("/") + 1);
  const locks = join(folder, ".pulumi", "locks", "organization", stack.target.project, name);
  return filesIn(locks).flatMap((file) => lockIn(join(locks, file)) ?? []);
}

/** Removes locks whose owners are gone. */
export function removeLocks(locks: readonly EngineLock[]): void {
  for (const { file } of locks) {
    rmSync(file, { force: true });
    rmSync(`${file}.attrs`, { force: true });
  }
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(".json"));
  } catch {
    return [];
  }
}

function lockIn(file: string): EngineLock | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    // Its owner ended meanwhile.
    return undefined;
  }
  try {
    const { pid = 0, username = "", hostname = "", timestamp = "" } = JSON.parse(text) as Partial<EngineLock>;
    return { file, pid, username, hostname, timestamp };
  } catch {
    return { file, pid: 0, username: "", hostname: "", timestamp: "" };
  }
}
