import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, vi } from "vitest";

const MAIN = fileURLToPath(new URL("../../dist/provider/cli/main.js", import.meta.url));

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly body: unknown;
}

/** `gatehouse reconcile FOLDER --watch`, and what it answers. */
export interface Watching {
  get(path: string): Promise<Answer>;
  /** The health once a pass has ended. */
  afterPass(): Promise<Answer>;
  end(signal: NodeJS.Signals): Promise<{ readonly exitCode: number | null; readonly stdout: string }>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts a watcher on a free port, and answers as soon as it says where. */
export async function startWatching(folder: string, environment: Readonly<Record<string, string>>): Promise<Watching> {
  const { CI: _unset, ...inherited } = process.env;
  const args = ["reconcile", folder, "--watch", "--interval", "10m", "--port", "0"];
  const child = spawn(process.execPath, [MAIN, ...args], { env: { ...inherited, ...environment }, stdio: ["ignore", "pipe", "pipe"] });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const url = await vi.waitFor(
    () => {
      const [, found] = /Health and metrics: (\S+)\/healthz/.exec(stderr) ?? [];
      if (found === undefined) throw new Error(stderr);
      return found;
    },
    { timeout: 30_000, interval: 20 },
  );
  const get = async (path: string): Promise<Answer> => {
    const answer = await fetch(url + path);
    const text = await answer.text();
    return { status: answer.status, text, body: text.startsWith("{") ? JSON.parse(text) : undefined };
  };
  return {
    get,
    afterPass: () =>
      vi.waitFor(
        async () => {
          const health = await get("/healthz");
          expect(health.body, stderr).not.toMatchObject({ lastPass: null });
          return health;
        },
        { timeout: 90_000, interval: 100 },
      ),
    end: async (signal) => {
      child.kill(signal);
      return { exitCode: await ended, stdout };
    },
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
