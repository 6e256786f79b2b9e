import { type ExitCode, GatehouseError, InvalidInput } from "../../errors.js";
import type { CommandInput } from "../command.js";
import { reconcilePass } from "../reconcile/pass.js";
import type { PassDocument } from "../reconcile/pass-document.js";
import { passText } from "../reconcile/pass-text.js";
import { watch } from "../reconcile/watch.js";
import { writePrivately } from "../write-privately.js";

export interface ReconcileInput extends Pick<CommandInput, "stackPath" | "stackName" | "console" | "refresh"> {
  /** File for the result document, mode 0600; each pass replaces it. */
  readonly outFile: string | undefined;
  /** Goes on, a pass every interval, until a signal. */
  readonly watch: boolean;
  /** Time from the begin of one pass to that of the next, in milliseconds. */
  readonly intervalMs: number;
  /** Where a watcher answers `/healthz` and `/metrics`; port 0 picks a free one. */
  readonly host: string;
  readonly port: number;
}

/**
 * `gatehouse reconcile STACK`: brings the control plane to what is checked out, as far as the policy under governance.reconcile, the
 * guardrails and the gates let it; everything else is told with its next step. Asks nobody.
 */
export async function reconcile(input: ReconcileInput): Promise<ExitCode> {
  if (!input.refresh) {
    throw new InvalidInput({
      subject: "--no-refresh",
      what: "leaves nothing to reconcile: a pass begins with what is there",
      advice: "Leave it out.",
    });
  }
  return input.watch ? watch({ ...input, out: input.outFile }) : onePass(input);
}

async function onePass({ stackPath, stackName, console, outFile }: ReconcileInput): Promise<ExitCode> {
  const at = new Date().toISOString();
  let pass: PassDocument;
  try {
    pass = await reconcilePass({ stackPath, stackName, console });
  } catch (error) {
    if (error instanceof GatehouseError) {
      const { code, message, exitCode } = error;
      write(outFile, { command: "reconcile", stack: stackName, at, inSync: false, error: { code, message }, exitCode });
    }
    throw error;
  }
  write(outFile, pass);
  if (console.asJson) console.json(pass);
  else console.result(passText(stackName, pass));
  return pass.exitCode;
}

function write(file: string | undefined, document: object): void {
  if (file !== undefined) writePrivately(file, `${JSON.stringify(document, null, 2)}\n`);
}
