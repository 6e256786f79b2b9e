import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { cacheDirectory } from "../../provider/engine/cache-directory.js";
import { isExecutable } from "../../provider/engine/executables.js";
import { publishDirectory } from "../../provider/engine/publish-directory.js";

const VERSION = "1.7.7";
const run = promisify(execFile);

export interface Actionlint {
  /** Absent when it cannot be had. */
  readonly file?: string;
  /** Why not. */
  readonly reason?: string;
}

/** The linter of GitHub's workflows: from the cache, else built there with Go. */
export async function findActionlint(): Promise<Actionlint> {
  const folder = join(cacheDirectory(), "tools", `actionlint-${VERSION}`);
  const file = join(folder, "actionlint");
  try {
    if (!(await isExecutable(file))) await publishDirectory(folder, build);
    return { file };
  } catch (error) {
    const [line = ""] = String((error as { stderr?: string }).stderr || error)
      .trim()
      .split("\n");
    return { reason: line };
  }
}

async function build(draft: string): Promise<void> {
  const env = { ...process.env, GOBIN: draft, GOFLAGS: "-buildvcs=false" };
  await run("go", ["install", `github.com/rhysd/actionlint/cmd/actionlint@v${VERSION}`], { cwd: draft, env });
}

/** Everything that it finds in these workflows, a line each. Without the linters of scripts that some machines have. */
export async function lint(actionlint: string, files: readonly string[]): Promise<readonly string[]> {
  const done = await run(actionlint, ["-no-color", "-oneline", "-shellcheck=", "-pyflakes=", ...files]).catch(
    (error: { code?: unknown; stdout?: string }) => {
      // 1: it found something. Anything else is a fault of the linter or of these arguments.
      if (error.code !== 1) throw error;
      return { stdout: error.stdout ?? "" };
    },
  );
  return done.stdout.split("\n").filter((line) => line !== "");
}
