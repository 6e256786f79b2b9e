import { Option } from "commander";
import { type ExitCode, GatehouseError, InvalidInput } from "../../errors.js";
import type { CommandInput } from "../command.js";
import { stackCommand } from "../command-line.js";
import { portNumber, sarifOption } from "../options.js";
import { parseInterval } from "../reconcile/interval.js";
import { reconcilePass } from "../reconcile/pass.js";
import type { PassDocument } from "../reconcile/pass-document.js";
import { passText } from "../reconcile/pass-text.js";
import { watch } from "../reconcile/watch.js";
import { writeSarif } from "../sarif-file.js";
import { withoutKnownSecrets } from "../without-known-secrets.js";
import { writePrivately } from "../write-privately.js";

interface ReconcileInput extends Pick<CommandInput, "stackPath" | "stackName" | "console" | "refresh" | "sarif"> {
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
async function reconcile(input: ReconcileInput): Promise<ExitCode> {
  if (!input.refresh) {
    throw new InvalidInput({
      subject: "--no-refresh",
      what: "leaves nothing to reconcile: a pass begins with what is there",
      advice: "Leave it out.",
    });
  }
  return input.watch ? watch({ ...input, out: input.outFile }) : onePass(input);
}

async function onePass({ stackPath, stackName, console, outFile, sarif }: ReconcileInput): Promise<ExitCode> {
  const at = new Date().toISOString();
  let pass: PassDocument;
  try {
    pass = await reconcilePass({ stackPath, stackName, console });
  } catch (error) {
    if (error instanceof GatehouseError) {
      const { code, exitCode } = error;
      const message = withoutKnownSecrets(error.message);
      write(outFile, { command: "reconcile", stack: stackName, at, inSync: false, error: { code, message }, exitCode });
    }
    throw error;
  }
  write(outFile, pass);
  writeSarif(sarif, stackPath, pass);
  if (console.asJson) console.json(pass);
  else console.result(passText(stackName, pass));
  return pass.exitCode;
}

function write(file: string | undefined, document: object): void {
  if (file !== undefined) writePrivately(file, `${JSON.stringify(document, null, 2)}\n`);
}

interface Options extends Pick<ReconcileInput, "watch" | "host" | "port"> {
  readonly out?: string;
  readonly interval: number;
}

export const reconcileCommand = stackCommand<Options>({
  name: "reconcile",
  summary: "one pass: put back what drifted, apply what is declared, tell the rest",
  options: [
    new Option("--out <file>", "file for the result document, mode 0600"),
    sarifOption(),
    new Option("--watch", "go on: a pass every interval, until a signal").default(false),
    new Option("--interval <time>", "time between passes: 30s, 5m, 1h").argParser(parseInterval).default(300_000),
    new Option("--host <address>", "where --watch answers /healthz and /metrics").default("127.0.0.1"),
    new Option("--port <number>", "port of /healthz and /metrics; 0 picks a free one").argParser(portNumber).default(9464),
  ],
  run: ({ out: outFile, interval: intervalMs, ...input }) => reconcile({ ...input, outFile, intervalMs }),
});
