import { copyFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EngineFailed } from "../errors.js";
import { runToEnd } from "./child-process.js";
import { pinnedVersion, toolModule } from "./pinned-version.js";

const COMMAND = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";
const HEARTBEAT_MS = 30_000;

/**
 * Builds the pinned Pulumi command line into `bin/pulumi` of a folder. From the tool module and not with `go install`, which
 * refuses a package whose go.mod holds `replace` lines. Without the version in it, the Automation API could not parse its version.
 *
 * @throws EngineFailed when Go is missing or the build fails
 */
export async function buildWithGo(folder: string, progress: (line: string) => void): Promise<void> {
  const pinned = pinnedVersion();
  const module = await mkdtemp(join(tmpdir(), "gatehouse-pulumi-build-"));
  const started = Date.now();
  const heartbeat = setInterval(() => progress(`still building, ${Math.round((Date.now() - started) / 1000)} s`), HEARTBEAT_MS);
  try {
    for (const file of ["go.mod", "go.sum"]) await copyFile(join(toolModule, file), join(module, file));
    await mkdir(join(folder, "bin"), { recursive: true });
    progress(`building the Pulumi command line ${pinned.pulumi} with Go: once, 3 to 6 minutes`);
    const linkerFlags = `-s -w -X ${VERSION_VARIABLE}=v${pinned.pulumi}`;
    const build = await runToEnd("go", ["build", "-o", join(folder, "bin/pulumi"), "-ldflags", linkerFlags, COMMAND], {
      cwd: module,
      env: { ...process.env, GOWORK: "off" },
    });
    if (build.code !== 0) throw buildFailed(build.lastLines);
    progress(`built in ${Math.round((Date.now() - started) / 1000)} s`);
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === "ENOENT" ? goMissing(pinned.go, error) : error;
  } finally {
    clearInterval(heartbeat);
    await rm(module, { recursive: true, force: true });
  }
}

function buildFailed(lastLines: string): EngineFailed {
  return new EngineFailed({
    what: `The Pulumi command line could not be built with Go: ${lastLines}`,
    advice: "Install Pulumi (https://www.pulumi.com/docs/install/), or repair what Go names here, and run this again.",
  });
}

function goMissing(go: string, cause: unknown): EngineFailed {
  return new EngineFailed({
    what: "The Pulumi command line is neither on PATH nor in the cache, its installer gave none, and Go is not there to build it",
    advice: `Install Pulumi (https://www.pulumi.com/docs/install/) or Go ${go} or newer (https://go.dev/dl/), and run this again.`,
    cause,
  });
}
