import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Stack as EngineStack, LocalWorkspace, type LocalWorkspaceOptions } from "@pulumi/pulumi/automation/index.js";
import { compileCacheDirectory } from "../engine/cache-directory.js";
import { findPulumi } from "../engine/pulumi-command.js";
import { beginProgram } from "../governed.js";
import { registerStack } from "../stack-file.js";
import { backendOf, gatehouseFolder } from "./backend.js";
import { confirmationFile } from "./confirmation-file.js";
import type { Console } from "./console.js";
import { EngineRunFailed, interruptible } from "./interruptible-command.js";
import { removeTornAttributes } from "./recovery/torn-attributes.js";
import type { Target } from "./target.js";

/** A stack of the engine, ready to run, with what belongs to it. */
export interface OpenStack {
  readonly target: Target;
  readonly stackName: string;
  readonly engine: EngineStack;
  /** True when it did not exist before, and lives on a temporary backend that is removed on `close`. */
  readonly isTemporary: boolean;
  /** Environment of the engine, by which also our own requests go. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  close(): void;
}

/** Folder of the installed package, from which the engine's dynamic host resolves it by name. */
const PACKAGE_ROOT = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));

export interface OpenOptions {
  readonly target: Target;
  readonly stackName: string;
  readonly console: Console;
  /** What to do when the stack does not exist yet: make it, preview it on a temporary backend, or say so (undefined is answered). */
  readonly whenAbsent: "create" | "temporary" | "none";
  /** Makes every request other than a read fail in the provider. */
  readonly readOnly: boolean;
}

/** Opens the engine's stack of a target. Undefined when it does not exist and `whenAbsent` is `none`. */
export async function openStack(options: OpenOptions): Promise<OpenStack | undefined> {
  const { target, stackName, console } = options;
  const backend = backendOf({ directory: target.directory, environment: process.env, progress: console.progress });
  removeTornAttributes(backend.url, target.directory, target.project);
  const found = await findPulumi({ progress: console.progress });
  const command = interruptible(found.command, found.pathEntries, (count) =>
    console.progress(count === 1 ? "Stopping: calls in flight finish and are recorded. Once more to end at once." : "Ending at once."),
  );
  const environment: Record<string, string> = {
    ...ENGINE_ENVIRONMENT,
    ...backend.environment,
    GATEHOUSE_CONFIRMATIONS: confirmationFile(target.directory, stackName, process.env),
    ...(options.readOnly ? { GATEHOUSE_READ_ONLY: "1" } : {}),
  };
  const settings: LocalWorkspaceOptions = { ...workspaceOf(target), pulumiCommand: command, envVars: environment };

  const open = async (more: Partial<LocalWorkspaceOptions>, how: "select" | "create") => {
    const workspace = await LocalWorkspace.create({ ...settings, ...more });
    return how === "select" ? EngineStack.select(stackName, workspace) : EngineStack.create(stackName, workspace);
  };
  const opened = (engine: EngineStack, isTemporary: boolean, close: () => void): OpenStack => ({
    target,
    stackName,
    engine: withoutAftermath(engine),
    isTemporary,
    environment: { ...process.env, ...engine.workspace.envVars },
    close,
  });

  try {
    return opened(await open({}, "select"), false, () => {});
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
  if (options.whenAbsent === "none") return undefined;
  if (options.whenAbsent === "create") return opened(await open({}, "create"), false, () => {});
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-preview-"));
  const restoreSettings = target.form === "program" ? kept(join(target.directory, `Pulumi.${stackName}.yaml`)) : () => {};
  const close = () => {
    restoreSettings();
    rmSync(folder, { recursive: true, force: true });
  };
  // A signal ends the process without coming back here.
  process.once("exit", close);
  try {
    const variables = { ...environment, PULUMI_BACKEND_URL: pathToFileURL(folder).href, ...temporaryPassphrase(target, environment) };
    return opened(await open({ envVars: variables, ...temporaryWorkspace(target, folder) }, "create"), true, close);
  } catch (error) {
    close();
    throw error;
  }
}

/** After each run the Automation API starts the engine thrice more, for outputs, decrypted too, and history: nobody reads them here. */
function withoutAftermath(engine: EngineStack): EngineStack {
  return Object.assign(engine, { outputs: async () => ({}), info: async () => undefined });
}

/** Remembers a file, and answers the way back to it: a stack's settings must not keep the salt of a temporary backend. */
function kept(file: string): () => void {
  const before = existsSync(file) ? readFileSync(file) : undefined;
  return () => (before === undefined ? rmSync(file, { force: true }) : writeFileSync(file, before));
}

/** The settings beside a program may hold secrets, which its own passphrase alone can read. */
function temporaryPassphrase(target: Target, environment: Readonly<Record<string, string>>): Record<string, string> {
  const given = { ...process.env, ...environment };
  const hasOwn = given.PULUMI_CONFIG_PASSPHRASE !== undefined || given.PULUMI_CONFIG_PASSPHRASE_FILE !== undefined;
  return target.form === "program" && hasOwn ? {} : { PULUMI_CONFIG_PASSPHRASE: "temporary" };
}

const ENGINE_ENVIRONMENT = {
  PULUMI_SKIP_UPDATE_CHECK: "true",
  PULUMI_SUPPRESS_NEO_LINK: "true",
  PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
  // The engine starts three Node processes for each run: what they load is compiled once.
  NODE_COMPILE_CACHE: compileCacheDirectory(),
};

function isAbsent(error: unknown): boolean {
  return error instanceof EngineRunFailed && /no stack named/.test(error.stderr);
}

/** One stable working folder per stack: the engine keeps the salt of its secrets there. */
function workspaceOf(target: Target): LocalWorkspaceOptions {
  if (target.form === "program") return { workDir: target.directory };
  const workDir = join(gatehouseFolder(target.directory), "work", target.project);
  mkdirSync(workDir, { recursive: true });
  const { stack } = target;
  return {
    workDir,
    program: async () => {
      beginProgram();
      registerStack(stack);
    },
    // The host resolves the package from `main`; the folder of a stack file need not have it installed.
    projectSettings: { name: target.project, runtime: "nodejs", main: PACKAGE_ROOT },
  };
}

/** A temporary stack must not leave its settings in the stable folder; a program can only run where it lies. */
function temporaryWorkspace(target: Target, folder: string): Partial<LocalWorkspaceOptions> {
  return target.form === "program" ? {} : { workDir: folder };
}
