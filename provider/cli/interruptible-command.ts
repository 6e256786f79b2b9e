import { spawn } from "node:child_process";
import { dirname } from "node:path";
import type { PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { EngineFailed, StackHeld } from "../errors.js";

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
export class EngineRunFailed extends Error {
  readonly stdout: string;
  readonly stderr: string;

  constructor(stdout: string, stderr: string) {
    super(stderr.trim() || stdout.trim() || "the engine failed without a word");
    this.stdout = stdout;
    this.stderr = stderr;
  }
}

const LOCKED = /the stack is currently locked/;

/**
 * The Pulumi command line in a process group of its own, so that a Ctrl-C on the terminal reaches Gatehouse alone, which hands it on
 * once: calls in flight then finish and are recorded. A second one ends the engine at once.
 */
export function interruptible(command: PulumiCommand, pathEntries: readonly string[], onInterrupt: (count: number) => void): PulumiCommand {
  const run: Run = (args, cwd, environment, onOutput, onError) =>
    new Promise((resolve, reject) => {
      const all = args.includes("--non-interactive") ? args : [...args, "--non-interactive"];
      const path = [...pathEntries, dirname(command.command), environment.PATH ?? process.env.PATH ?? ""].join(":");
      const child = spawn(command.command, all, {
        cwd,
        detached: true,
        stdio: ["ignore", "pipe", "pipe"],
        env: { ...process.env, ...environment, PATH: path, PULUMI_AUTOMATION_API: "true" },
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
      const stopForwarding = forwardSignals((signal, count) => {
        onInterrupt(count);
        child.kill(signal);
      });
      child.once("error", (cause) => {
        stopForwarding();
        reject(new EngineFailed({ what: `the Pulumi command line ${command.command} cannot be started`, cause }));
      });
      child.once("close", (code) => {
        stopForwarding();
        const [stdout, stderr] = [output.join(""), errors.join("")];
        if (code === 0) resolve({ stdout, stderr, code: 0 });
        else if (LOCKED.test(stderr + stdout))
          reject(new StackHeld({ what: "another run holds this stack", advice: "Wait until it has ended, then run again." }));
        else reject(new EngineRunFailed(stdout, stderr));
      });
    });
  return { command: command.command, version: command.version, run } as unknown as PulumiCommand;
}

function forwardSignals(forward: (signal: NodeJS.Signals, count: number) => void): () => void {
  let count = 0;
  const on = (): void => {
    count += 1;
    forward(count > 2 ? "SIGKILL" : "SIGINT", count);
  };
  process.on("SIGINT", on);
  process.on("SIGTERM", on);
  return () => {
    process.off("SIGINT", on);
    process.off("SIGTERM", on);
  };
}
