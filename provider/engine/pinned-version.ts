import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "./package-root.js";

/** The Go module that pins the Pulumi command line. Its go.mod is the only place that states the version. */
export const toolModule = join(packageRoot, "provider/engine/pulumi-cli");

export interface PinnedVersion {
  /** Version of the Pulumi command line, without a leading v: `3.259.0`. */
  readonly pulumi: string;
  /** Oldest Go that builds it: `1.26`. */
  readonly go: string;
}

export function pinnedVersion(): PinnedVersion {
  const goMod = readFileSync(join(toolModule, "go.mod"), "utf8");
  return {
    pulumi: required(/github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)/.exec(goMod)),
    go: required(/^go (\S+)/m.exec(goMod)),
  };
}

function required(match: RegExpExecArray | null): string {
  if (match?.[1] === undefined) throw new Error(`${toolModule}/go.mod does not state the version`);
  return match[1];
}
