import { hostname } from "node:os";
import { StackHeld } from "../../errors.js";
import type { Console } from "../console.js";
import type { OpenStack } from "../engine-stack.js";
import { type EngineLock, locksOn } from "./engine-locks.js";
import { isAbandonedEngine, isLivingEngine } from "./processes.js";
import { until } from "./until.js";

/**
 * The locks that dead engines left on a stack. Waits for an engine whose Gatehouse was killed: it ends by itself.
 * Throws StackHeld when somebody holds the stack, or may hold it: a lock of a living engine or of another host is never broken.
 */
export async function locksOfTheDead(stack: OpenStack, console: Console, patienceMs: number): Promise<readonly EngineLock[]> {
  const abandoned = () => locksOn(stack).filter((lock) => isHere(lock) && isLivingEngine(lock.pid) && isAbandonedEngine(lock.pid));
  if (abandoned().length > 0) {
    console.progress("The engine of a killed run still works on this stack: waiting for its end …");
    await until(() => abandoned().length === 0, patienceMs);
  }
  const locks = locksOn(stack);
  const held = locks.find((lock) => !isHere(lock) || isLivingEngine(lock.pid));
  if (held) throw heldBy(held, stack);
  return locks;
}

function isHere(lock: EngineLock): boolean {
  return lock.hostname === hostname();
}

function heldBy(lock: EngineLock, { target, stackName }: OpenStack): StackHeld {
  const owner = lock.pid === 0 ? "somebody" : `process ${lock.pid} of ${lock.username || "an unknown user"} on ${lock.hostname}`;
  return new StackHeld({
    subject: `${target.project}/${stackName}`,
    what: `is held by ${owner}${lock.timestamp === "" ? "" : ` since ${lock.timestamp}`}`,
    advice: isHere(lock)
      ? "Wait until that process has ended, then run again."
      : `Wait until that run has ended, then run again. If it was killed, and only then, remove ${lock.file} and run again.`,
  });
}
