import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";

/** Names the process of ours that an engine was started by, in the environment of that engine. */
export const PARENT_VARIABLE = "GATEHOUSE_PARENT_PID";

/** Where a process can be looked at more closely than whether it lives. */
const CAN_LOOK = process.platform === "linux";

/** True while an engine runs under this process id. Where the command line cannot be read, any living process counts as one. */
export function isLivingEngine(pid: number): boolean {
  if (!isAlive(pid)) return false;
  if (!CAN_LOOK) return true;
  // The second word too: an emulator may stand before the program. A number that was given to another program is no engine.
  return commandLine(pid)
    .slice(0, 2)
    .some((word) => basename(word).startsWith("pulumi"));
}

/** True for an engine that one of our processes started and did not live to see the end of. It ends by itself. */
export function isAbandonedEngine(pid: number): boolean {
  const parent = variable(pid, PARENT_VARIABLE);
  return parent !== undefined && parentOf(pid) !== Number(parent);
}

/** A host of dynamic providers, and the address of the engine that it serves. */
export interface DynamicHost {
  readonly pid: number;
  readonly engineAddress: string;
  /** Its engine was started by a process of ours. */
  readonly isOurs: boolean;
}

/** All hosts of dynamic providers on this machine. Undefined where processes cannot be looked at. */
export function dynamicHosts(): readonly DynamicHost[] | undefined {
  if (!CAN_LOOK) return undefined;
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const words = commandLine(Number(name));
      const engineAddress = words.findLast((word) => /^[\w.[\]:]+:\d+$/.test(word));
      const isHost = words.some((word) => /cmd\/dynamic-provider(\/index(\.js)?)?$/.test(word));
      if (!isHost || engineAddress === undefined) return [];
      return [{ pid: Number(name), engineAddress, isOurs: variable(Number(name), PARENT_VARIABLE) !== undefined }];
    });
}

/** Asks a process to end. One that has ended, or belongs to somebody else, is left alone. */
export function end(pid: number): void {
  try {
    process.kill(pid, "SIGTERM");
  } catch {
    // Whoever waits for its end sees whether it is still there.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function commandLine(pid: number): readonly string[] {
  return read(`/proc/${pid}/cmdline`).split("\0").filter(Boolean);
}

function variable(pid: number, name: string): string | undefined {
  const found = read(`/proc/${pid}/environ`)
    .split("\0")
    .find((entry) => entry.startsWith(`${name}=`));
  return found?.slice(name.length + 1);
}

function parentOf(pid: number): number {
  const stat = read(`/proc/${pid}/stat`);
  // The name before it may hold spaces and parentheses.
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
}

/** A process may end, or belong to somebody else, while it is looked at. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
