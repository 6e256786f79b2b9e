import { chmod, mkdir, mkdtemp, readdir, readlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, describe, expect, test, vi } from "vitest";
import { findExecutable } from "../../provider/engine/executables.js";
import { packageRoot } from "../../provider/engine/package-root.js";
import { pinnedVersion } from "../../provider/engine/pinned-version.js";
import { publishDirectory } from "../../provider/engine/publish-directory.js";
import { findPulumi } from "../../provider/engine/pulumi-command.js";
import { EngineFailed } from "../../provider/errors.js";

const temporary = (): Promise<string> => mkdtemp(join(tmpdir(), "engine-"));
const silent = { progress: () => {} };

afterEach(() => vi.unstubAllEnvs());

describe("findPulumi", () => {
  test("gives a command line and folders in which the engine finds everything that it starts", async () => {
    const { command, binDirectory, pathEntries } = await findPulumi(silent);
    expect(command.version?.major).toBe(3);
    expect(await findExecutable("pulumi", [binDirectory])).toBe(join(binDirectory, "pulumi"));
    for (const name of ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"]) {
      expect(await findExecutable(name, [binDirectory]), name).toBeDefined();
    }
    expect(await findExecutable("node", pathEntries.slice(-1))).toBeDefined();
  });

  test("passes over a command line on PATH that is too old", async () => {
    const old = await temporary();
    await writeFile(join(old, "pulumi"), "#!/bin/sh\necho v3.254.9\n");
    await chmod(join(old, "pulumi"), 0o755);
    vi.stubEnv("PATH", [old, process.env.PATH].join(delimiter));
    expect((await findPulumi(silent)).command.version?.minor).toBeGreaterThanOrEqual(255);
  });

  test("takes a command line on PATH that is recent enough, and adds only the hosts that it lacks", async () => {
    const own = await temporary();
    await writeFile(join(own, "pulumi"), "#!/bin/sh\necho v3.255.0\n");
    await writeFile(join(own, "pulumi-language-nodejs"), "#!/bin/sh\n");
    for (const name of await readdir(own)) await chmod(join(own, name), 0o755);
    vi.stubEnv("PATH", [own, "/usr/bin", "/bin"].join(delimiter));
    vi.stubEnv("GATEHOUSE_CACHE_DIR", await temporary());
    const found = await findPulumi(silent);
    expect(`${found.command.version}`).toBe("3.255.0");
    expect(await readlink(join(found.binDirectory, "pulumi-language-nodejs"))).toBe(join(own, "pulumi-language-nodejs"));
    expect(await findExecutable("pulumi-resource-pulumi-nodejs", [found.binDirectory])).toBeDefined();
  });

  test("takes a complete installation on PATH as it is", async () => {
    const own = await temporary();
    for (const name of ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"]) {
      await writeFile(join(own, name), "#!/bin/sh\necho v3.300.1\n");
      await chmod(join(own, name), 0o755);
    }
    vi.stubEnv("PATH", [own, "/usr/bin", "/bin"].join(delimiter));
    const found = await findPulumi(silent);
    expect(found.binDirectory).toBe(own);
    expect(`${found.command.version}`).toBe("3.300.1");
  });

  test("says what to install when there is no way to get one, and leaves nothing half-made", async () => {
    const cache = await temporary();
    const noNetwork = pathToFileURL(join(packageRoot, "test/support/no-network.ts")).href;
    vi.stubEnv("NODE_OPTIONS", `--import ${noNetwork}`);
    vi.stubEnv("PATH", await temporary());
    vi.stubEnv("GATEHOUSE_CACHE_DIR", cache);
    const failure = await findPulumi(silent).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(EngineFailed);
    expect(String(failure)).toContain(`Install Pulumi (https://www.pulumi.com/docs/install/) or Go ${pinnedVersion().go} or newer`);
    expect(await readdir(join(cache, "pulumi"))).toEqual([]);
  });
});

describe("publishDirectory", () => {
  test("lets two processes publish at once and keeps the first one's folder", async () => {
    const parent = await temporary();
    const target = join(parent, "release");
    let release = (): void => {};
    const firstIsThere = new Promise<void>((resolve) => {
      release = resolve;
    });
    const late = publishDirectory(target, async (folder) => {
      await firstIsThere;
      await mkdir(join(folder, "late"));
    });
    await publishDirectory(target, async (folder) => {
      await mkdir(join(folder, "early"));
    });
    release();
    await late;
    expect(await readdir(target)).toEqual(["early"]);
    expect(await readdir(parent)).toEqual(["release"]);
  });

  test("leaves nothing behind when the work fails", async () => {
    const parent = await temporary();
    const work = publishDirectory(join(parent, "release"), () => Promise.reject(new Error("disk full")));
    await expect(work).rejects.toThrow("disk full");
    expect(await readdir(parent)).toEqual([]);
  });
});
