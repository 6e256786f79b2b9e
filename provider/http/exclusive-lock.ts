import { createHash, randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Unreachable } from "../errors.js";

/** How often a waiting process looks whether the lock is free. */
const POLL_MS = 5;
/** Time for which a process with more to do keeps the lock, before others get their turn. */
const SLICE_MS = 250;
/** Time for which it then leaves the lock alone; several times the poll of the others. */
const PAUSE_MS = 25;
/** An owner touches its lock this often. One that has not for `ABANDONED_MS` is gone, whatever its process id says. */
const HEARTBEAT_MS = 5_000;
const ABANDONED_MS = 60_000;
const LONGEST_WAIT_MS = 10 * 60_000;

interface Waiting {
  readonly run: () => Promise<void>;
  readonly fail: (error: Error) => void;
}

/**
 * Lets one task at a time speak to an address, among all processes of this user on this machine, for systems that lose what
 * overlaps. Tasks of one process run in the order they came. Waiting for another process ends with Unreachable.
 */
export class ExclusiveLock {
  static readonly #locks = new Map<string, ExclusiveLock>();

  /** The lock of an address, one object per process and address. */
  static of(address: URL): ExclusiveLock {
    const named = `${address.origin}${address.pathname.replace(/\/+$/, "")}`;
    const file = lockFile(named);
    const lock = ExclusiveLock.#locks.get(file) ?? new ExclusiveLock(named, file);
    ExclusiveLock.#locks.set(file, lock);
    return lock;
  }

  readonly #address: string;
  readonly #file: string;
  readonly #queue: Waiting[] = [];
  #draining = false;
  #sliceBegan = 0;
  #released = 0;

  private constructor(address: string, file: string) {
    this.#address = address;
    this.#file = file;
  }

  run<T>(task: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ run: () => task().then(resolve, reject), fail: reject });
      if (!this.#draining) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#draining = true;
    while (this.#queue.length > 0) {
      await this.#giveOthersTheirTurn();
      const mine = await this.#acquire().catch((error: Error) => void this.#queue.shift()?.fail(error));
      if (mine === undefined) continue;
      const heartbeat = setInterval(() => touch(this.#file), HEARTBEAT_MS);
      do await this.#queue.shift()?.run();
      while (this.#queue.length > 0 && Date.now() - this.#sliceBegan < SLICE_MS);
      clearInterval(heartbeat);
      releaseLock(this.#file, mine);
      this.#released = Date.now();
    }
    this.#draining = false;
  }

  /** A process that takes the lock again and again would leave no gap that another one's poll could find. */
  async #giveOthersTheirTurn(): Promise<void> {
    const now = Date.now();
    if (now - this.#released < PAUSE_MS) {
      if (now - this.#sliceBegan < SLICE_MS) return;
      await delay(PAUSE_MS);
    }
    this.#sliceBegan = Date.now();
  }

  async #acquire(): Promise<string> {
    const mine = JSON.stringify({ pid: process.pid, host: hostname(), id: randomUUID() });
    const until = Date.now() + LONGEST_WAIT_MS;
    while (!takeLock(this.#file, mine)) {
      breakStaleLock(this.#file);
      if (Date.now() > until) throw stillHeld(this.#address, this.#file);
      await delay(POLL_MS + Math.random() * POLL_MS);
    }
    // Waiting was the turn of the others.
    this.#sliceBegan = Date.now();
    return mine;
  }
}

function lockFile(address: string): string {
  const folder = join(tmpdir(), `gatehouse-locks-${userInfo().uid}`);
  return join(folder, `${createHash("sha256").update(address).digest("hex").slice(0, 32)}.lock`);
}

/** Makes the lock file with its content in one step, so that nobody ever reads one without an owner. False when it is there. */
function takeLock(file: string, mine: string): boolean {
  mkdirSync(join(file, ".."), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, mine, { mode: 0o600, flag: "wx" });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function releaseLock(file: string, mine: string): void {
  if (ownerIn(file) === mine) rmSync(file, { force: true });
}

/** Takes away the lock of an owner that is gone. One process at a time does it, so that none takes away the lock of the next owner. */
function breakStaleLock(file: string): void {
  if (!isStale(file)) return;
  const breaking = `${file}.breaking`;
  try {
    mkdirSync(breaking);
  } catch {
    if (ageMs(breaking) > ABANDONED_MS) rmSync(breaking, { recursive: true, force: true });
    return;
  }
  try {
    if (isStale(file)) rmSync(file, { force: true });
  } finally {
    rmdirSync(breaking);
  }
}

function isStale(file: string): boolean {
  const owner = ownerIn(file);
  if (owner === undefined) return false;
  if (ageMs(file) > ABANDONED_MS) return true;
  try {
    const { pid, host } = JSON.parse(owner) as { pid: number; host: string };
    return host === hostname() && !isAlive(pid);
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: the process is there and another user's.
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

function ownerIn(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function ageMs(path: string): number {
  return Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
}

function touch(file: string): void {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // The lock was taken away: whoever did it decided that we are gone.
  }
}

function stillHeld(address: string, file: string): Unreachable {
  const { pid = "unknown" } = JSON.parse(ownerIn(file) ?? "{}") as { pid?: number };
  return new Unreachable({
    what: `${address} is in use by another run (process ${pid}) for more than ${LONGEST_WAIT_MS / 60_000} minutes, and it loses what overlaps`,
    advice: "Let that run end, or end it, and run again: nothing was sent.",
  });
}
