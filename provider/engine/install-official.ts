import { fork } from "node:child_process";
import { compiled } from "./package-root.js";

/** Without an answer in this time there is no way to the internet. */
const REACH_MS = 8_000;
/** A download of about 100 MB. Longer than this, and building is the faster way. */
const DOWNLOAD_MS = 120_000;

/** Runs Pulumi's own installer into a folder; says whether it succeeded, and leaves no process behind when it did not. */
export function installOfficial(folder: string, version: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = fork(compiled("provider/engine/official-installer.js"), [folder, version], {
      detached: true,
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      execArgv: [],
      env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    });
    const giveUp = (): void => {
      if (child.pid !== undefined) killGroup(child.pid);
    };
    let deadline = setTimeout(giveUp, REACH_MS);
    child.on("message", () => {
      clearTimeout(deadline);
      deadline = setTimeout(giveUp, DOWNLOAD_MS);
    });
    const end = (succeeded: boolean): void => {
      clearTimeout(deadline);
      if (!succeeded) giveUp();
      resolve(succeeded);
    };
    child.once("error", () => end(false));
    child.once("exit", (code) => end(code === 0));
  });
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader, "SIGKILL");
  } catch {
    // The whole group has ended by itself.
  }
}
