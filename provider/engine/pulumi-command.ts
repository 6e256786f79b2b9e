import { basename, dirname, join } from "node:path";
import { PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { EngineFailed } from "../errors.js";
import { buildWithGo } from "./build-with-go.js";
import { cacheDirectory } from "./cache-directory.js";
import { completeInstallation } from "./complete-installation.js";
import { findExecutable, isExecutable, pathFolders } from "./executables.js";
import { installOfficial } from "./install-official.js";
import { pinnedVersion } from "./pinned-version.js";
import { publishDirectory } from "./publish-directory.js";

/** Policy packs that are one executable file need this release of the command line, or a newer one. */
const OLDEST = { major: 3, minor: 255 };

export interface FindOptions {
  /** Told what takes long, one line at a time. Belongs on standard error. */
  progress(line: string): void;
}

export interface FoundPulumi {
  readonly command: PulumiCommand;
  /** Folder of the `pulumi` executable and of the hosts that it starts. */
  readonly binDirectory: string;
  /** Folders to put before PATH for every child process: that one, and the running Node's, since the hosts are started by plain `node`. */
  readonly pathEntries: string[];
}

/**
 * The Pulumi command line: from PATH when recent enough, else from the cache; else installed into the cache by Pulumi's installer,
 * or built with Go where that cannot be reached.
 *
 * @throws EngineFailed when there is none and none can be had
 */
export async function findPulumi(options: FindOptions): Promise<FoundPulumi> {
  const binDirectory = await completeInstallation((await onPath()) ?? (await inCache(options)));
  const command = await commandIn(binDirectory);
  return { command, binDirectory, pathEntries: [binDirectory, dirname(process.execPath)] };
}

async function onPath(): Promise<string | undefined> {
  const executable = await findExecutable("pulumi", pathFolders());
  if (executable === undefined) return undefined;
  const version = await PulumiCommand.get().then(
    (command) => command.version,
    () => undefined,
  );
  return version?.major === OLDEST.major && version.minor >= OLDEST.minor ? executable : undefined;
}

async function inCache({ progress }: FindOptions): Promise<string> {
  const { pulumi: version } = pinnedVersion();
  const root = join(cacheDirectory(), "pulumi", version);
  const executable = join(root, "bin/pulumi");
  if (!(await isExecutable(executable))) await publishDirectory(root, (draft) => obtain(draft, version, progress));
  return executable;
}

async function obtain(folder: string, version: string, progress: (line: string) => void): Promise<void> {
  progress(`getting the Pulumi command line ${version}`);
  if (await installOfficial(folder, version)) return;
  progress("its installer could not be reached");
  await buildWithGo(folder, progress);
}

async function commandIn(binDirectory: string): Promise<PulumiCommand> {
  // The Automation API takes the parent of a folder named bin, or whatever is first on PATH.
  const options = basename(binDirectory) === "bin" ? { root: dirname(binDirectory) } : {};
  return PulumiCommand.get(options).catch((cause: unknown) => {
    throw new EngineFailed({
      what: `The Pulumi command line in ${binDirectory} does not run`,
      advice: `Remove ${binDirectory} and run this again.`,
      cause,
    });
  });
}
