import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { PassDocument } from "./pass-document.js";

const MAIN = fileURLToPath(new URL("../main.js", import.meta.url));

export interface ChildInput {
  readonly stackPath: string;
  readonly stackName: string;
  readonly out: string | undefined;
  readonly sarif?: string | undefined;
}

/** A pass in a process of its own. */
export interface ChildPass {
  readonly ended: Promise<ChildEnd>;
  /** Ends it in an orderly way: calls in flight finish and are recorded. */
  interrupt(): void;
}

export interface ChildEnd {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  /** What it found and did. Undefined when it did not get so far. */
  readonly document: PassDocument | undefined;
}

/**
 * Starts one pass in a process of its own: it reads the declaration anew, its memory goes with it, and its death is a failed pass. It
 * has a process group of its own too, so that a Ctrl-C on the terminal reaches the watcher alone.
 */
export function startPass({ stackPath, stackName, out, sarif }: ChildInput): ChildPass {
  const files = [...(out === undefined ? [] : ["--out", out]), ...(sarif === undefined ? [] : ["--sarif", sarif])];
  const child = spawn(process.execPath, [MAIN, "reconcile", stackPath, "--stack", stackName, "--json", ...files], {
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
  return { ended: endOf(child), interrupt: () => void child.kill("SIGTERM") };
}

function endOf(child: ChildProcess): Promise<ChildEnd> {
  let text = "";
  child.stdout?.setEncoding("utf8").on("data", (more: string) => {
    text += more;
  });
  return new Promise((resolve) => {
    child.once("error", () => resolve({ exitCode: null, document: undefined }));
    child.once("close", (exitCode) => resolve({ exitCode, document: documentIn(text) }));
  });
}

/** A pass that could not begin, or was killed, leaves another document or a part of one. */
function documentIn(text: string): PassDocument | undefined {
  try {
    const document = JSON.parse(text) as Partial<PassDocument>;
    return document.command === "reconcile" && document.repaired !== undefined ? (document as PassDocument) : undefined;
  } catch {
    return undefined;
  }
}
