import { Argument, Option } from "commander";
import { SYSTEMS } from "../../../schema/systems/index.js";
import { EXIT, type ExitCode } from "../../errors.js";
import { exportedObjects } from "../../export/exported.js";
import { remarksOn } from "../../export/remarks.js";
import { type FileText, type StackHead, stackFiles } from "../../export/stack-files.js";
import { controlPlaneBlock, stackName } from "../../export/stack-head.js";
import { Session } from "../../lifecycle/session.js";
import { type Problem, StackProblems } from "../../stackfile/index.js";
import { type CommandLine, jsonOption } from "../command-line.js";
import { type Console, standardConsole } from "../console.js";
import { inTemporaryFolder, schemaFile, writeFiles } from "../export/files.js";
import { houseFor } from "../export/house.js";
import { readLive } from "../export/read-live.js";
import { exportSource, type SourceOptions } from "../export/source.js";
import { exportDocument, exportText } from "../export/told.js";
import { today } from "../guardrails.js";
import { targetAt } from "../target.js";

interface ExportInput extends SourceOptions {
  readonly path: string;
  readonly console: Console;
}

/**
 * `gatehouse export FOLDER`: a live control plane as a stack folder, of which the first `up` takes everything over and changes nothing.
 * Sends nothing but reads.
 */
async function exported({ path, console, ...options }: ExportInput): Promise<ExitCode> {
  const source = exportSource(path, options, process.env);
  const session = new Session(source.settings, source.environment);
  const { organizationName } = await session.adapter.identify(session.client);
  const { objects: live, unread } = await readLive(session, console);
  const found = exportedObjects(session.adapter, live, { today: today() });
  const name = options.name ?? stackName(organizationName, source.settings.system);
  const { adapter } = session;
  const head: StackHead = {
    name,
    controlPlane: controlPlaneBlock(source.settings),
    about: `Written by \`gatehouse export\` on ${today()}. ${adapter.title}: ${String(session.client.settings.url ?? "")}`,
  };
  const remarks = remarksOn(found, unread);
  const governance = houseOf(stackFiles(head, found.objects, remarks));
  const files = [...stackFiles({ ...head, governance }, found.objects, remarks), ...schemaFile(path)];
  writeFiles(path, files);
  const problems = problemsAt(path);
  const outcome = {
    path,
    name,
    exported: found,
    unread,
    written: files.map((file) => file.name),
    problems,
    auditOnly: governance !== undefined,
  };
  if (console.asJson) console.json(exportDocument(outcome));
  else console.result(exportText(outcome));
  return problems.length > 0 ? EXIT.failed : EXIT.fine;
}

function houseOf(files: readonly FileText[]): StackHead["governance"] {
  return inTemporaryFolder(files, (folder) => (problemsAt(folder).length > 0 ? undefined : houseFor(targetAt(folder))));
}

function problemsAt(path: string): readonly Problem[] {
  try {
    targetAt(path);
    return [];
  } catch (error) {
    if (error instanceof StackProblems) return error.problems;
    throw error;
  }
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
    jsonOption(),
  ],
  run: ({ json, ...options }, [path]) => exported({ ...(options as SourceOptions), path: String(path), console: standardConsole(json) }),
};
