import { existsSync, statSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { Option } from "commander";
import { TRANSPORTS } from "../../../schema/stackfile-blocks.js";
import { EXIT, type ExitCode, InvalidInput } from "../../errors.js";
import { pathInFile } from "../../promote/path-in-file.js";
import { promote } from "../../promote/promote.js";
import { promotionMarkdown } from "../../promote/render/markdown.js";
import { nextCommands } from "../../promote/render/paragraphs.js";
import { promotionText } from "../../promote/render/text.js";
import { reportOf } from "../../promote/report.js";
import type { KnownObject } from "../../promote/way.js";
import { readSources } from "../../stackfile/files.js";
import { StackProblems } from "../../stackfile/index.js";
import { today } from "../../today.js";
import type { CommandInput } from "../command.js";
import { stackCommand } from "../command-line.js";
import { governanceProblemsIn } from "../governance-problems.js";
import { knownIds } from "../promotion/known-ids.js";
import { REPORT_FILE, writeFolder } from "../promotion/promotion-folder.js";
import { credentialVariable, promotionTarget, type TargetOptions } from "../promotion/promotion-target.js";
import { lacksIn, supportProblemsIn } from "../support-problems.js";
import { type Target, targetAt } from "../target.js";

interface PromoteInput extends CommandInput, TargetOptions {
  readonly folder?: string;
  readonly name?: string;
  readonly force: boolean;
  readonly reportOnly: boolean;
}

/**
 * `gatehouse promote STACK --to CONTROLPLANE`: the same declaration as a stack of its own for another control plane, with what carries
 * over, what is translated and what is lost. Asks no control plane, and applies nothing.
 */
async function promoteStack(input: PromoteInput): Promise<ExitCode> {
  const { stackPath, stackName, console, to, force, reportOnly } = input;
  const source = stackFileAt(stackPath);
  const folder = input.folder ?? folderBeside(stackPath, to);
  const name = input.name ?? `${source.project}-${to}`;
  assertOther(name, folder, source);
  const target = promotionTarget(input, source.stack);
  const known = (await knownIds(source, stackName, console)).map((object) => ({ ...object, path: pathInFile(object.path) }));
  const promotion = promote({
    sources: readSources(stackPath),
    stack: source.stack,
    target,
    name,
    known,
    today: today(),
    problemsOf: (stack) => [...lacksIn(stack), ...governanceProblemsIn(stack)],
  });
  // What no entry is to blame for: a transport that cannot carry a kind, an address that is no rehearsal's.
  const refused = supportProblemsIn(promotion.stack).map((problem) => ({
    ...problem,
    position: { ...problem.position, file: join(folder, problem.position.file) },
  }));
  if (refused.length > 0) throw new StackProblems(refused);
  const there: Target = { form: "stackFile", directory: resolve(folder), project: name, stack: promotion.stack };
  const ids = { source: byPath(known), target: byPath(existsSync(folder) ? await knownIds(there, stackName, console) : []) };
  const report = reportOf(promotion, { source: source.stack, target, ids, today: today() });
  const moved = promotion.files.map((file) => ({ ...file, text: withSchemaFrom(source.directory, folder, file.text) }));
  const files = [...moved, { name: REPORT_FILE, text: promotionMarkdown(report, folder) }];
  if (!reportOnly) writeFolder(folder, files, force);
  const written = reportOnly ? [] : files.map((file) => join(folder, file.name));
  if (console.asJson) console.json({ command: "promote", stack: stackName, folder, files: written, ...report, next: nextCommands(folder) });
  else console.result(promotionText(report, folder));
  return EXIT.fine;
}

function stackFileAt(path: string): Extract<Target, { form: "stackFile" }> {
  const target = targetAt(path);
  if (target.form === "stackFile") return target;
  throw new InvalidInput({
    subject: path,
    what: "is a program, whose code nobody can translate",
    advice:
      "Give the program another ControlPlane and run `gatehouse preview` on a stack of its own: it names everything that the target lacks. Or `gatehouse export` what it applied, and promote that folder.",
  });
}

/** State of the source is never touched: neither by name nor by place. */
function assertOther(name: string, folder: string, { project, directory }: Target): void {
  if (name === project) {
    throw new InvalidInput({
      subject: `--name ${name}`,
      what: "is the name of the source, whose state would be taken for the new stack's",
      advice: "Give another name.",
    });
  }
  if (resolve(folder) === directory) {
    throw new InvalidInput({ subject: `--folder ${folder}`, what: "is the folder of the source", advice: "Give another folder." });
  }
}

/** `examples/floopy` and `examples/floopy/gatehouse.yaml` both go to `examples/floopy-olyx`. */
function folderBeside(stackPath: string, to: string): string {
  const place = resolve(stackPath);
  const isNamedFile = !statSync(place).isDirectory() && basename(place) !== "gatehouse.yaml";
  const own = statSync(place).isDirectory() ? place : isNamedFile ? join(dirname(place), basename(place, extname(place))) : dirname(place);
  return relative(process.cwd(), `${own}-${to}`);
}

/** The line by which editors find the schema, from the new folder. */
function withSchemaFrom(directory: string, folder: string, text: string): string {
  return text.replace(/(?<=\$schema=)\.{1,2}\/\S+/, (path) => {
    const fromFolder = relative(resolve(folder), resolve(directory, path)).replaceAll("\\", "/");
    return fromFolder.startsWith(".") ? fromFolder : `./${fromFolder}`;
  });
}

function byPath(known: readonly KnownObject[]): ReadonlyMap<string, string> {
  return new Map(known.map(({ path, id }) => [path, id]));
}

export const promoteCommand = stackCommand<Omit<PromoteInput, keyof CommandInput>>({
  name: "promote",
  summary: "the same declaration for another control plane, with what carries over, is translated and is lost; applies nothing",
  options: [
    new Option("--to <control plane>", "a system (olyx, floopy, …), or a control plane that the stack names").makeOptionMandatory(),
    new Option("--url <address>", "address of the target"),
    new Option("--transport <how>", "how changes get there").choices(TRANSPORTS),
    new Option("--token-env <variable>", "variable that holds its token; GATEHOUSE_<SYSTEM>_TOKEN when absent").argParser(
      credentialVariable,
    ),
    new Option("--email-env <variable>", "variable that holds the e-mail address to log in with").argParser(credentialVariable),
    new Option("--password-env <variable>", "variable that holds the password to log in with").argParser(credentialVariable),
    new Option("--allow-assumed", "let the target use calls that no documentation confirms"),
    new Option("--name <name>", "name of the new stack (default: the source's, and the target)"),
    new Option("--folder <folder>", "where the new stack is written (default: beside the source)"),
    new Option("--force", "write where files are, which are kept as FILE.before").default(false),
    new Option("--report-only", "write nothing, tell only").default(false),
  ],
  run: promoteStack,
});
