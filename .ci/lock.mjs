import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const RETRY_MS = 200;

/** Runs the work while this process alone holds the lock, a folder. A lock whose owner has died is taken over. */
export async function withLock(folder, say, work) {
  for (let told = false; !tryLock(folder); told = true) {
    if (!told) say("waiting for another set-up of this folder");
    await delay(RETRY_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function tryLock(folder) {
  try {
    mkdirSync(folder);
    writeFileSync(join(folder, "owner"), String(process.pid));
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    if (ownerIsDead(folder)) rmSync(folder, { recursive: true, force: true });
    return false;
  }
}

function ownerIsDead(folder) {
  try {
    const owner = Number(readFileSync(join(folder, "owner"), "utf8"));
    if (owner === 0) return false;
    process.kill(owner, 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}
