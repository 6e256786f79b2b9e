import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { copyExample } from "./copy-example.js";

const MAIN = fileURLToPath(new URL("../../dist/provider/cli/main.js", import.meta.url));
const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

export interface Ran {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The one JSON document on standard output. */
  json<T = Record<string, unknown>>(): T;
}

export interface Running {
  readonly ended: Promise<Ran>;
  readonly pid: number;
  kill(signal: NodeJS.Signals): void;
  /** Resolves as soon as standard error holds this text. Rejects when the command ends without it. */
  says(text: string): Promise<void>;
}

/** Starts the compiled command line as a user does. */
export function start(args: readonly string[], environment: Readonly<Record<string, string>> = {}, cwd = REPOSITORY): Running {
  const { CI: _unset, ...inherited } = process.env;
  const child = spawn(process.execPath, [MAIN, ...args], { cwd, env: { ...inherited, ...environment }, stdio: ["ignore", "pipe", "pipe"] });
  let [stdout, stderr] = ["", ""];
  const waiting: { text: string; heard: () => void }[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    for (const one of waiting.filter(({ text: wanted }) => stderr.includes(wanted))) one.heard();
  });
  const ended = new Promise<Ran>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => resolve({ exitCode, stdout, stderr, json: <T>() => JSON.parse(stdout) as T }));
  });
  return {
    ended,
    pid: child.pid ?? 0,
    kill: (signal) => void child.kill(signal),
    says: (text) =>
      new Promise((heard, reject) => {
        if (stderr.includes(text)) heard();
        waiting.push({ text, heard });
        void ended.then((ran) => reject(new Error(`ended with ${ran.exitCode} without saying "${text}":\n${ran.stderr}`)));
      }),
  };
}

/** Runs the compiled command line to its end. */
export function gatehouse(args: readonly string[], environment: Readonly<Record<string, string>> = {}, cwd = REPOSITORY): Promise<Ran> {
  return start(args, environment, cwd).ended;
}

/** A copy of an example in a folder of its own, whose control plane is at another address. State stays in that folder. */
export function exampleAt(name: string, url: string): string {
  const folder = join(mkdtempSync(join(tmpdir(), "example-")), basename(name));
  copyExample(join(REPOSITORY, "examples", name), folder);
  const file = join(folder, "gatehouse.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace("http://127.0.0.1:8787", url));
  return folder;
}

/** A stack that is made to show something else: what the guardrails have against it is only told. */
export function auditOnly(text: string): string {
  return /^governance:/m.test(text) ? text : `${text.trimEnd()}\ngovernance: { preset: audit-only }\n`;
}

/** A stack file with this text in a folder of its own. */
export function stackAt(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "stack-"));
  writeFileSync(join(folder, "gatehouse.yaml"), text);
  return folder;
}
