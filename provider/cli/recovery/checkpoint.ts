import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { StackHeld } from "../../errors.js";
import type { OpenStack } from "../engine-stack.js";
import type { StateResource } from "../state.js";

/** A resource of a checkpoint, as the engine writes it. */
export interface CheckpointResource extends StateResource {
  /** Times at which the engine recorded it, ISO 8601. */
  readonly created?: string;
  readonly modified?: string;
  /** Replaced, and still to be deleted. */
  readonly delete?: boolean;
  /** Deleted to make room for its replacement. */
  readonly pendingReplacement?: boolean;
}

/** An operation that began and whose end was never recorded. */
export interface PendingOperation {
  readonly type: string;
  readonly resource: CheckpointResource;
}

export interface Deployment {
  readonly manifest?: { readonly time?: string };
  readonly resources?: readonly CheckpointResource[];
  readonly pending_operations?: readonly PendingOperation[];
}

export interface Checkpoint {
  /** What the engine exported, secrets encrypted. */
  readonly text: string;
  readonly deployment: Deployment;
}

/** The state of a stack. Not by the Automation API, whose export and import write decrypted secrets into files. */
export async function exportCheckpoint(stack: OpenStack): Promise<Checkpoint> {
  const text = await engine(stack, "stack", "export");
  return { text, deployment: (JSON.parse(text) as { deployment?: Deployment }).deployment ?? {} };
}

/** Throws StackHeld when the state is no longer what it was. */
export async function assertUnchanged(stack: OpenStack, before: Checkpoint): Promise<void> {
  if ((await exportCheckpoint(stack)).text === before.text) return;
  throw new StackHeld({
    subject: `${stack.target.project}/${stack.stackName}`,
    what: "was changed by another run during the recovery",
    advice: "Wait until that run has ended, then run again.",
  });
}

/** Replaces the state of a stack. The engine refuses it (StackHeld) while there is a lock. */
export async function importCheckpoint(stack: OpenStack, before: Checkpoint, deployment: Deployment): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-recovery-"));
  try {
    const file = join(folder, "checkpoint.json");
    const document = { ...(JSON.parse(before.text) as object), deployment };
    writeFileSync(file, JSON.stringify(document), { mode: 0o600, flag: "wx" });
    await engine(stack, "stack", "import", "--file", file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** When the last update began that the backend keeps a record of, ISO 8601. */
export async function lastUpdateBegan(stack: OpenStack): Promise<string | undefined> {
  const text = await engine(stack, "stack", "history", "--json", "--page-size", "1", "--page", "1");
  return (JSON.parse(text) as readonly { startTime?: string }[])[0]?.startTime;
}

type CommandRun = (args: string[], cwd: string, environment: Record<string, string>) => Promise<{ stdout: string }>;

async function engine(stack: OpenStack, ...args: string[]): Promise<string> {
  const { workspace, name } = stack.engine;
  const command = workspace.pulumiCommand as PulumiCommand & { run: CommandRun };
  return (await command.run([...args, "--stack", name], workspace.workDir, { ...workspace.envVars })).stdout;
}
