import { type SpawnOptions, spawn } from "node:child_process";

const KEPT_LINES = 20;

export interface Ended {
  /** Exit code; 1 when a signal ended the process. */
  readonly code: number;
  /** The end of what it wrote, both streams together. */
  readonly lastLines: string;
}

/** Runs a program to its end. Rejects with the error of `spawn` (`ENOENT`) when it cannot be started. */
export function runToEnd(command: string, args: readonly string[], options: SpawnOptions): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let lines: string[] = [];
    const keep = (chunk: Buffer): void => {
      lines = (lines.join("\n") + chunk.toString()).split("\n").slice(-KEPT_LINES);
    };
    child.stdout?.on("data", keep);
    child.stderr?.on("data", keep);
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? 1, lastLines: lines.join("\n").trim() }));
  });
}
