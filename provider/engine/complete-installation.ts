import { createHash } from "node:crypto";
import { copyFile, link, mkdir, realpath, stat, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { cacheDirectory } from "./cache-directory.js";
import { DYNAMIC_HOST, placeDynamicHost } from "./dynamic-host-script.js";
import { findExecutable, isExecutable, pathFolders } from "./executables.js";
import { LANGUAGE_HOST, languageHostLauncher, placeLanguageHost } from "./language-host-launcher.js";
import { publishDirectory } from "./publish-directory.js";

/** The hosts that Node programs and dynamic providers need, and how to come by one that is missing. */
const hosts = [
  { name: LANGUAGE_HOST, place: placeLanguageHost },
  { name: DYNAMIC_HOST, place: placeDynamicHost },
];

/**
 * A `bin` folder with this `pulumi` executable and every host that the engine needs: its own folder when it lacks none, else one in
 * the cache. The engine looks beside its executable, symbolic links resolved, so that the executable there is a hard link (or a
 * copy, on another disk); hosts that were merely on PATH would make it warn in every run.
 */
export async function completeInstallation(executable: string): Promise<string> {
  const real = await realpath(executable);
  const searched = [dirname(executable), dirname(real), ...pathFolders()];
  const found = await Promise.all(hosts.map(async (host) => ({ ...host, file: await findExecutable(host.name, searched) })));
  if (found.every(({ file }) => file !== undefined)) return dirname(executable);
  const bin = join(cacheDirectory(), "installations", await identityOf(real, found), "bin");
  if (!(await isExecutable(join(bin, "pulumi")))) {
    await publishDirectory(dirname(bin), async (draft) => {
      const folder = join(draft, "bin");
      await mkdir(folder);
      await link(real, join(folder, "pulumi")).catch(() => copyFile(real, join(folder, "pulumi")));
      for (const { name, place, file } of found) await (file === undefined ? place(folder) : symlink(file, join(folder, name)));
    });
  }
  return bin;
}

/** Changes with the executable and with what our hosts start, so that no checkout, and no Node, uses the folder of another one. */
async function identityOf(real: string, found: readonly { file: string | undefined }[]): Promise<string> {
  const { size, mtimeMs } = await stat(real);
  const parts = [real, size, mtimeMs, languageHostLauncher(), ...found.map(({ file }) => file ?? "ours")];
  return createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 16);
}
