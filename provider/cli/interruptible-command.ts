import { spawn } from "node:child_process";
import { dirname } from "node:path";
import type { PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { EngineFailed, EXIT, InvalidInput, StackHeld } from "../errors.js";
import { PARENT_VARIABLE } from "./recovery/processes.js";

/** What the Automation API expects a run to answer. */
interface CommandResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

type Run = (
  args: string[],
  cwd: string,
  environment: Record<string, string>,
  onOutput?: (text: string) => void,
  onError?: (text: string) => void,
) => Promise<CommandResult>;

/** The engine ended with another exit code than 0. What it wrote is kept for those who look for a reason. */
export class EngineRunFailed extends EngineFailed {
  readonly stdout: string;
  readonly stderr: string;

  constructor(stdout: string, stderr: string) {
    super({ what: stderr.trim() || stdout.trim() || "the engine failed without a word" });
    this.stdout = stdout;
    this.stderr = stderr;
  }
}

const LOCKED = /the stack is currently locked/;
const HELD_ADVICE =
  "Wait until it has ended, then run again. If it was killed, and only then, break its lock with `pulumi cancel` and run again.";
const WRONG_PASSPHRASE = /incorrect passphrase/;
const PASSPHRASE_PARTS = {
  what: "the passphrase is not the one that the secrets of this stack were encrypted with",
  advice: "Set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE to that one, or name another --stack.",
};

/**
 * The Pulumi command line in a process group of its own, so that a Ctrl-C on the terminal reaches Gatehouse alone, which hands it on
 * once: calls in flight then finish and are recorded. A second one ends the engine at once. Nothing new is started after the first;
 * while no engine runs, nothing is held and it ends this process.
 */
export function interruptible(command: PulumiCommand, pathEntries: readonly string[], onInterrupt: (count: number) => void): PulumiCommand {
  const interrupts = new Interrupts(onInterrupt);
  const run: Run = (args, cwd, environment, onOutput, onError) =>
    new Promise((resolve, reject) => {
      if (interrupts.count > 0) throw new EngineFailed({ what: "stopped by a signal", advice: "Run again to go on." });
      const all = args.includes("--non-interactive") ? args : [...args, "--non-interactive"];
      const path = [...pathEntries, dirname(command.command), environment.PATH ?? process.env.PATH ?? ""].join(":");
      const child = spawn(command.command, all, {
        cwd,
        detached: true,
        stdio: ["ignore", "pipe", "pipe"],
        env: { ...process.env, ...environment, PATH: path, PULUMI_AUTOMATION_API: "true", [PARENT_VARIABLE]: String(process.pid) },
      });
      const output: string[] = [];
      const errors: string[] = [];
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        output.push(text);
        onOutput?.(text);
      });
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        errors.push(text);
        onError?.(text);
      });
      const stopForwarding = interrupts.forwardTo((signal) => void child.kill(signal));
      child.once("error", (cause) => {
        stopForwarding();
        reject(new EngineFailed({ what: `the Pulumi command line ${command.command} cannot be started`, cause }));
      });
      child.once("close", (code) => {
        stopForwarding();
        const [stdout, stderr] = [output.join(""), errors.join("")];
        if (code === 0) resolve({ stdout, stderr, code: 0 });
        else if (LOCKED.test(stderr + stdout)) reject(new StackHeld({ what: "another run holds this stack", advice: HELD_ADVICE }));
        else if (WRONG_PASSPHRASE.test(stderr)) reject(new InvalidInput(PASSPHRASE_PARTS));
        else reject(new EngineRunFailed(stdout, stderr));
      });
    });
  return { command: command.command, version: command.version, run } as unknown as PulumiCommand;
}

type Forward = (signal: NodeJS.Signals) => void;

/** What the signals to this process do: they go to the engines that run, or end this process when there is none. */
class Interrupts {
  count = 0;
  readonly #engines = new Set<Forward>();

  constructor(onInterrupt: (count: number) => void) {
    const on = (): void => {
      if (this.#engines.size === 0) process.exit(EXIT.failed);
      this.count += 1;
      onInterrupt(this.count);
      for (const forward of this.#engines) forward(this.count > 2 ? "SIGKILL" : "SIGINT");
    };
    process.on("SIGINT", on);
    process.on("SIGTERM", on);
  }

  /** Answers what ends the forwarding. */
  forwardTo(engine: Forward): () => void {
    this.#engines.add(engine);
    return () => void this.#engines.delete(engine);
  }
}
