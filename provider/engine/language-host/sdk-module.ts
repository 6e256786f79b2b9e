import { createRequire } from "node:module";
import { join } from "node:path";

/** A script of the SDK that a folder has installed: program and engine must speak through the program's own SDK, not ours. */
export function sdkModule(folder: string, script: string): string {
  try {
    return createRequire(join(folder, "/")).resolve(`@pulumi/pulumi/cmd/${script}`);
  } catch (cause) {
    throw new Error(`the Pulumi SDK is not installed in ${folder}: run "npm install" there`, { cause });
  }
}
