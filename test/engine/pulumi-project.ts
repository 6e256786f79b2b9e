import { execFile } from "node:child_process";
import { mkdir, mkdtemp, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { packageRoot } from "../../provider/engine/package-root.js";
import { findPulumi } from "../../provider/engine/pulumi-command.js";

const run = promisify(execFile);

/** A project in a folder of its own, with this checkout's dependencies, on a backend in that folder. */
export async function pulumiProject(files: Readonly<Record<string, string>>) {
  const folder = await mkdtemp(join(tmpdir(), "project-"));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  await mkdir(join(folder, "state"));
  await symlink(join(packageRoot, "node_modules"), join(folder, "node_modules"));
  const environment = await pulumiEnvironment(folder);
  const pulumi = async (...args: string[]): Promise<string> => {
    const { stdout, stderr } = await run("pulumi", [...args, "--non-interactive", "--color", "never"], { cwd: folder, env: environment });
    return stdout + stderr;
  };
  await pulumi("stack", "init", "dev");
  return { folder, environment, pulumi };
}

async function pulumiEnvironment(folder: string): Promise<NodeJS.ProcessEnv> {
  const { pathEntries } = await findPulumi({ progress: () => {} });
  return {
    ...process.env,
    PATH: [...pathEntries, process.env.PATH].join(delimiter),
    PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_HOME: join(folder, ".pulumi"),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_SUPPRESS_NEO_LINK: "true",
  };
}
