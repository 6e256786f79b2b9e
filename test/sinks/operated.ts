import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import type { Environment } from "../../provider/http/settings.js";

/** An environment in which the operator has set up these sinks: as values, or as the text of the file. */
export function operated(sinks: Readonly<Record<string, unknown>> | string, environment: Environment = {}): Environment {
  const file = join(mkdtempSync(join(tmpdir(), "sinks-")), "sinks.yaml");
  writeFileSync(file, typeof sinks === "string" ? sinks : stringify(sinks));
  return { ...environment, GATEHOUSE_SINKS: file };
}
