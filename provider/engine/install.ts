/** Makes sure that the Pulumi command line is there, and prints its path. Used by the set-up before anything else runs. */
import { join } from "node:path";
import { EXIT, GatehouseError } from "../errors.js";
import { findPulumi } from "./pulumi-command.js";

try {
  const found = await findPulumi({ progress: (line) => process.stderr.write(`gatehouse: ${line}\n`) });
  process.stdout.write(`${join(found.binDirectory, "pulumi")}\n`);
} catch (error) {
  if (!(error instanceof GatehouseError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = EXIT.failed;
}
