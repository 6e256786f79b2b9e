import { execFile } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { findPulumi } from "../../provider/engine/pulumi-command.js";

export interface PulumiRan {
  readonly exitCode: number;
  /** Standard output and standard error. */
  readonly output: string;
}

export interface PlainPulumi {
  /** Where state is kept and how it is encrypted: for Gatehouse, too, to work on the same stacks. */
  readonly backend: Readonly<Record<string, string>>;
  /** Runs the Pulumi command line in a folder, as one does who does not know of Gatehouse's. */
  run(folder: string, args: readonly string[], environment?: Readonly<Record<string, string>>): Promise<PulumiRan>;
}

/** The plain Pulumi command line with a backend in a temporary folder. */
export async function plainPulumi(): Promise<PlainPulumi> {
  const { command, pathEntries } = await findPulumi({ progress: () => {} });
  const folder = mkdtempSync(join(tmpdir(), "pulumi-"));
  const backend = { PULUMI_BACKEND_URL: pathToFileURL(folder).href, PULUMI_CONFIG_PASSPHRASE: "a test's own" };
  const settings = {
    PATH: [...pathEntries, process.env.PATH].join(delimiter),
    PULUMI_HOME: join(folder, "home"),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_SUPPRESS_NEO_LINK: "true",
  };
  return {
    backend,
    run: (cwd, args, environment = {}) =>
      new Promise((resolve) => {
        const env = { ...process.env, ...settings, ...backend, ...environment };
        const all = [...args, "--non-interactive", "--color", "never"];
        execFile(command.command, all, { cwd, env, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
          resolve({ exitCode: error === null ? 0 : Number(error.code ?? 1), output: stdout + stderr });
        });
      }),
  };
}
