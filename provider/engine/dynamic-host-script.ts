import { chmod, copyFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Name under which the engine looks for the host of dynamic providers. */
export const DYNAMIC_HOST = "pulumi-resource-pulumi-nodejs";

/** Copies the start script of the dynamic host, which ships with the Node SDK, into a folder. */
export async function placeDynamicHost(folder: string): Promise<void> {
  const sdk = dirname(createRequire(import.meta.url).resolve("@pulumi/pulumi/package.json"));
  await copyFile(join(sdk, DYNAMIC_HOST), join(folder, DYNAMIC_HOST));
  await chmod(join(folder, DYNAMIC_HOST), 0o755);
}
