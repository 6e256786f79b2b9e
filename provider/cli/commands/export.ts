import { Argument, Option } from "commander";
import { SYSTEMS } from "../../../schema/systems/index.js";
import { EXIT, type ExitCode } from "../../errors.js";
import { exportedObjects } from "../../export/exported.js";
import { Session } from "../../lifecycle/session.js";
import { today } from "../../today.js";
import { type CommandLine, jsonOption } from "../command-line.js";
import { type Console, standardConsole } from "../console.js";
import { addToStack } from "../export/known-stack.js";
import { writeNewStack } from "../export/new-stack.js";
import { readLive } from "../export/read-live.js";
import { exportSource, type SourceOptions } from "../export/source.js";
import { exportDocument, exportText } from "../export/told.js";

interface ExportInput extends SourceOptions {
  readonly path: string;
  readonly takeLive: boolean;
  readonly console: Console;
}

/**
 * `gatehouse export STACK`: a live control plane as a stack folder, of which the first `up` takes everything over and changes nothing. A
 * stack that is there already gets what is new. Sends nothing but reads.
 */
async function exportTo({ path, takeLive, console, ...options }: ExportInput): Promise<ExitCode> {
  const { settings, stack, environment } = exportSource(path, options, process.env);
  const session = new Session(settings, environment);
  const { organizationName } = await session.adapter.identify(session.client);
  const { objects: live, unread } = await readLive(session, console);
  const outcome =
    stack === undefined
      ? writeNewStack({
          path,
          exported: exportedObjects(session.adapter, live, { today: today() }),
          unread,
          session,
          organizationName,
          name: options.name,
        })
      : addToStack({ path, stack, session, live, unread, takeLive });
  const exitCode = outcome.problems.length + outcome.byHand.length > 0 ? EXIT.failed : EXIT.fine;
  if (console.asJson) console.json({ ...exportDocument(outcome), exitCode });
  else console.result(exportText(outcome));
  return exitCode;
}

export const exportCommand: CommandLine = {
  name: "export",
  summary: "write a live control plane as a stack folder; sends nothing but reads",
  arguments: [new Argument("<stack>", "the folder to write; a stack that is there already is added to")],
  options: [
    new Option("--system <system>", "the product that answers").choices(SYSTEMS),
    new Option("--url <url>", "its address: https, or this machine"),
    new Option("--name <name>", "name of the stack; the organization's when absent"),
    new Option("--transport <transport>", "how it is read").choices(["api", "rehearsal"]),
    new Option("--allow-assumed", "make calls that no documentation of the system confirms"),
    new Option("--control-plane <name>", "which one, where the stack in the folder has several"),
    new Option("--token-env <variable>", "variable that holds the token; GATEHOUSE_TOKEN when absent"),
    new Option("--email-env <variable>", "variable that holds the e-mail address to log in with"),
    new Option("--password-env <variable>", "variable that holds the password to log in with"),
    new Option("--take-live", "write what is there over what a stack declares otherwise").default(false),
    jsonOption(),
  ],
  run: ({ json, ...options }, [path]) =>
    exportTo({ ...(options as Omit<ExportInput, "path" | "console">), path: String(path), console: standardConsole(json) }),
};
