import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";

/** The processes that this host has started and that must not outlive it. */
export class Children {
  readonly #running = new Set<ChildProcess>();

  /** Starts a program with the Node that runs this host. */
  startNode(args: readonly string[], options: SpawnOptions): ChildProcess {
    return this.start(process.execPath, args, options);
  }

  start(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
    const child = spawn(command, args, options);
    this.#running.add(child);
    child.once("close", () => this.#running.delete(child));
    return child;
  }

  end(): void {
    for (const child of this.#running) child.kill("SIGTERM");
  }
}

/** Exit code of a process; 1 when a signal ended it or it could not be started. */
export function exitCode(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once("error", () => resolve(1));
    child.once("close", (code) => resolve(code ?? 1));
  });
}
