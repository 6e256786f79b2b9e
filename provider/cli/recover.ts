import type { Console } from "./console.js";
import type { OpenStack } from "./engine-stack.js";
import {
  assertUnchanged,
  type Deployment,
  exportCheckpoint,
  importCheckpoint,
  lastUpdateBegan,
  type PendingOperation,
} from "./recovery/checkpoint.js";
import { type EngineLock, removeLocks } from "./recovery/engine-locks.js";
import { locksOfTheDead } from "./recovery/locks-of-the-dead.js";
import { isOurs, mayHaveCreated, settlePendingCreates } from "./recovery/pending-creates.js";
import { mayHaveRotated, settlePendingRotations } from "./recovery/pending-rotations.js";
import { requestTimeoutMs, untilOrphanedHostsAreGone, untilRequestsHaveLanded } from "./recovery/requests-in-flight.js";
import { settledDeployment } from "./recovery/settled-deployment.js";

export interface Recovery {
  /** True when a run before this one was killed or has just ended. The state may be behind the control plane: the next step must refresh it. */
  readonly recovered: boolean;
}

/**
 * Puts right what a killed run left behind, before a run that writes: its locks, its provider, the objects that it was making. A
 * failure leaves the state and the locks as they were, so that the next run can do it. `seen` is the state of a moment ago. Throws
 * StackHeld when another run holds the stack.
 */
export async function recover(stack: OpenStack, console: Console, seen: Deployment): Promise<Recovery> {
  const timeoutMs = requestTimeoutMs(stack.environment);
  const locks = await locksOfTheDead(stack, console, timeoutMs);
  if (locks.length === 0 && pendingIn(seen).length === 0) return { recovered: false };
  // Who held the stack may have ended well since.
  const checkpoint = await exportCheckpoint(stack);
  const { deployment } = checkpoint;
  const pending = pendingIn(deployment);
  if (locks.length === 0 && pending.length === 0) return { recovered: true };

  console.progress("A run before this one did not end by itself: putting right what it left behind …");
  await untilOrphanedHostsAreGone(console);
  if (pending.length > 0) {
    if (pending.some((one) => mayHaveCreated(one) || mayHaveRotated(one)))
      await untilRequestsHaveLanded(deployment.manifest?.time, timeoutMs, console);
    const runBegan = beganBy(locks) ?? (await lastUpdateBegan(stack)) ?? firstRecord(deployment);
    const occasion = { deployment, environment: stack.environment, runBegan, console };
    const made = await settlePendingCreates(occasion);
    await settlePendingRotations(occasion);
    await assertUnchanged(stack, checkpoint);
    // The engine takes a lock of its own for the import.
    removeLocks(locks);
    await importCheckpoint(stack, checkpoint, settledDeployment(deployment, made));
  }
  removeLocks(locks);
  for (const { pid, timestamp } of locks) console.progress(`  removed the lock that process ${pid}, which is gone, took at ${timestamp}`);
  return { recovered: true };
}

function pendingIn({ pending_operations: operations = [] }: Deployment): readonly PendingOperation[] {
  return operations.filter(isOurs);
}

/**
 * When the killed run began: its lock says so, the oldest one where a recovery was killed as well. Without a lock (two interrupts, a
 * lock removed by hand) it is the last update of the backend's history, and without one the first record in the state. The history
 * lacks a run whose lock was removed by hand: what then counts as made by it is what appeared since the run before.
 */
function beganBy(locks: readonly EngineLock[]): string | undefined {
  return locks
    .map((lock) => lock.timestamp)
    .filter(Boolean)
    .toSorted()[0];
}

function firstRecord({ resources = [] }: Deployment): string | undefined {
  return resources.flatMap(({ created }) => created ?? []).toSorted()[0];
}
