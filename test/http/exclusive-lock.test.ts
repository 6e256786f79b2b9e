import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ExclusiveLock } from "../../provider/http/exclusive-lock.js";

/** The folder of the locks, below this test file's own temporary folder. */
function lockFiles(): string[] {
  const folder = readdirSync(tmpdir()).find((name) => name.startsWith("gatehouse-locks-"));
  return folder === undefined ? [] : readdirSync(join(tmpdir(), folder)).map((name) => join(tmpdir(), folder, name));
}

/** Where the lock of an address is, found by looking while it is held. */
async function fileOf(address: URL): Promise<string> {
  const [file = ""] = await ExclusiveLock.of(address).run(async () => lockFiles().filter((name) => name.endsWith(".lock")));
  return file;
}

function heldBy(pid: number): string {
  return JSON.stringify({ pid, host: hostname(), id: "theirs" });
}

describe("the lock of an address", () => {
  test("lets one task at a time through, in the order they came, and goes on after one that failed", async () => {
    const lock = ExclusiveLock.of(new URL("http://127.0.0.1:1/a"));
    const seen: string[] = [];
    let running = 0;
    const task = (name: string) => async () => {
      expect(++running).toBe(1);
      await Promise.resolve();
      seen.push(name);
      running--;
      if (name === "b") throw new Error("b failed");
    };
    const all = ["a", "b", "c"].map((name) => lock.run(task(name)));
    await expect(all[1]).rejects.toThrow("b failed");
    await Promise.allSettled(all);
    expect(seen).toEqual(["a", "b", "c"]);
  });

  test("is the same one with and without a slash at the end, and another one for another path", () => {
    const lock = ExclusiveLock.of(new URL("http://127.0.0.1:1/x"));
    expect(ExclusiveLock.of(new URL("http://127.0.0.1:1/x/"))).toBe(lock);
    expect(ExclusiveLock.of(new URL("http://127.0.0.1:1/y"))).not.toBe(lock);
  });

  test("leaves no file behind", async () => {
    const file = await fileOf(new URL("http://127.0.0.1:1/gone"));
    expect(file).not.toBe("");
    await ExclusiveLock.of(new URL("http://127.0.0.1:1/gone")).run(async () => expect(existsSync(file)).toBe(true));
    await ExclusiveLock.of(new URL("http://127.0.0.1:1/other")).run(async () => {});
    expect(existsSync(file)).toBe(false);
  });

  test("of a process that is gone is broken", async () => {
    const address = new URL("http://127.0.0.1:1/stale");
    const file = await fileOf(address);
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, heldBy(pid));
    expect(await ExclusiveLock.of(address).run(async () => "mine")).toBe("mine");
  });

  test("of a living process is waited for", async () => {
    const address = new URL("http://127.0.0.1:1/living");
    const file = await fileOf(address);
    const child = spawn(process.execPath, ["-e", "process.stdin.resume()"]);
    writeFileSync(file, heldBy(child.pid ?? 0));
    let isMine = false;
    const waiting = ExclusiveLock.of(address).run(async () => {
      isMine = true;
    });
    // Another address is free meanwhile, and its turns take longer than many looks at the held one.
    for (let count = 0; count < 50; count++) await ExclusiveLock.of(new URL("http://127.0.0.1:1/free")).run(async () => {});
    expect(isMine).toBe(false);
    child.kill();
    await waiting;
    expect(isMine).toBe(true);
  });
});
