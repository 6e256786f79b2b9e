import { Command as Commander, CommanderError, InvalidArgumentError, Option } from "commander";
import { PLANS } from "../../schema/kinds/organization.js";
import { FORGES } from "../comment/index.js";
import { EXIT, GatehouseError } from "../errors.js";
import { StackProblems } from "../stackfile/index.js";
import type { Command, CommandInput } from "./command.js";
import { ACCESS_SOURCES, type AccessInput, access } from "./commands/access.js";
import { AUDIT_SOURCES, type AuditInput, audit } from "./commands/audit.js";
import { CHECKLIST_FORMATS, type ChecklistInput, checklist } from "./commands/checklist.js";
import { type CommentInput, comment } from "./commands/comment.js";
import { confirm } from "./commands/confirm.js";
import { destroy } from "./commands/destroy.js";
import { drift } from "./commands/drift.js";
import { preview } from "./commands/preview.js";
import { reconcile } from "./commands/reconcile.js";
import { refresh } from "./commands/refresh.js";
import { schema } from "./commands/schema.js";
import { secret } from "./commands/secret.js";
import { serve } from "./commands/serve.js";
import { up } from "./commands/up.js";
import { validate } from "./commands/validate.js";
import { standardConsole } from "./console.js";
import { parseInterval } from "./reconcile/interval.js";
import { version } from "./version.js";

const EXIT_CODES = `
Exit codes: 0 fine, 1 failed, 2 invalid input, 3 stopped by a guardrail or gate, 4 waiting for a person,
            5 another run holds the stack, 7 changes or drift found where none were expected.`;

/** Commands on a stack: name, what it does, what it runs. */
const STACK_COMMANDS: readonly {
  readonly name: string;
  readonly summary: string;
  readonly run: Command;
  readonly expects?: true;
  readonly judges?: true;
  readonly saves?: true;
  readonly applies?: true;
}[] = [
  { name: "validate", summary: "check the declaration, without any network", run: validate },
  {
    name: "preview",
    summary: "show what would change and why; sends nothing but reads",
    run: preview,
    expects: true,
    judges: true,
    saves: true,
  },
  { name: "up", summary: "preview, ask, and apply exactly what was previewed", run: up, judges: true, applies: true },
  { name: "refresh", summary: "take what is on the server into the state; stopped when much of it is gone there", run: refresh },
  { name: "destroy", summary: "delete what the stack created, release what it adopted", run: destroy },
];

interface GlobalOptions {
  readonly stack: string;
  readonly json: boolean;
  readonly yes: boolean;
  readonly refresh: boolean;
  readonly expectNoChanges?: boolean;
  readonly sarif?: string;
  readonly out?: readonly string[];
  readonly failOn?: "dangerous" | "review";
  readonly verbose?: boolean;
  readonly savePlan?: string;
  readonly plan?: string;
}

function withReport(command: Commander): Commander {
  return command
    .option("--out <file>", "write the report there: .json, .md, .html or .txt; may be repeated", collect, [])
    .addOption(new Option("--fail-on <verdict>", "least verdict that stops").choices(["dangerous", "review"]).default("dangerous"))
    .option("--verbose", "everything on the terminal, however long", false);
}

function sarifOption(): Option {
  return new Option("--sarif <file>", "write what the guardrails find there as SARIF, for code scanning");
}

interface ReconcileOptions extends Omit<GlobalOptions, "out"> {
  readonly out?: string;
  readonly watch: boolean;
  readonly interval: number;
  readonly host: string;
  readonly port: number;
}

/** Runs the command line and answers its exit code. */
export async function main(args: readonly string[]): Promise<number> {
  let exitCode: number = EXIT.fine;
  const program = commandLine((code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (error) {
    return exitCodeOf(error, args.includes("--json"));
  }
}

function commandLine(done: (exitCode: number) => void): Commander {
  const program = new Commander("gatehouse")
    .description("The control plane of your AI gateway as code.")
    .version(version())
    .exitOverride()
    .showHelpAfterError()
    .addHelpText("after", EXIT_CODES);

  for (const { name, summary, run, expects, judges, saves, applies } of STACK_COMMANDS) {
    const command = onStack(program, name, summary);
    if (expects) command.option("--expect-no-changes", "exit 7 when anything would change");
    if (judges) withReport(command).addOption(sarifOption());
    if (saves) command.option("--save-plan <file>", "write digests of what would happen there, for an up --plan that does exactly that");
    if (applies) command.option("--plan <file>", "apply exactly what was reviewed: refuse when anything moved since --save-plan");
    command.action(async (stackPath: string, options: GlobalOptions) => {
      done(await run(inputOf(stackPath, options)));
    });
  }

  onStack(program, "secret", "hand an issued token over: into a file, or to a command's standard input")
    .argument("<key>", "the key: its path in the stack, or the last part of it")
    .argument("[command...]", "after --: the command that is given the secret")
    .option("--to <file>", "file to write, mode 0600")
    .action(async (stackPath: string, key: string, command: string[], options: GlobalOptions & { to?: string }) => {
      done(await secret({ stackPath, stackName: options.stack, key, command, to: options.to, console: standardConsole(options.json) }));
    });

  onStack(program, "drift", "show what differs on the server from what was applied, and what is there undeclared")
    .option("--attested-days <days>", "age from which what a person attested counts as drifted", days, 90)
    .action(async (stackPath: string, options: GlobalOptions & { attestedDays: number }) => {
      done(await drift({ ...inputOf(stackPath, options), attestedDays: options.attestedDays }));
    });

  onStack(program, "audit", "judge what is there: guardrails, administrators, keys out of order; changes nothing")
    .addOption(new Option("--from <what>", "what is judged").choices(AUDIT_SOURCES).default("applied"))
    .addOption(sarifOption())
    .action(async (stackPath: string, options: GlobalOptions & Pick<AuditInput, "from">) => {
      done(await audit({ ...inputOf(stackPath, options), from: options.from }));
    });

  onStack(program, "access", "who can do what in which project, all roles and bindings together")
    .addOption(new Option("--from <what>", "what is looked at").choices(ACCESS_SOURCES).default("desired"))
    .option("--who <name>", "only this person or key")
    .option("--project <name>", "only this project")
    .option("--html <file>", "write the matrix there as one HTML file")
    .action(async (stackPath: string, options: GlobalOptions & Pick<AccessInput, "from" | "who" | "project" | "html">) => {
      const { from, who, project, html } = options;
      done(await access({ ...inputOf(stackPath, options), from, who, project, html }));
    });

  onStack(program, "reconcile", "one pass: put back what drifted, apply what is declared, tell the rest")
    .option("--out <file>", "file for the result document, mode 0600")
    .option("--watch", "go on: a pass every interval, until a signal", false)
    .option("--interval <time>", "time between passes: 30s, 5m, 1h", parseInterval, 300_000)
    .option("--host <address>", "where --watch answers /healthz and /metrics", "127.0.0.1")
    .option("--port <number>", "port of /healthz and /metrics; 0 picks a free one", portNumber, 9464)
    .action(async (stackPath: string, options: ReconcileOptions) => {
      const { stack: stackName, json, out: outFile, interval: intervalMs, ...rest } = options;
      done(await reconcile({ ...rest, stackPath, stackName, console: standardConsole(json), outFile, intervalMs }));
    });

  onStack(program, "comment", "put a preview's report on its pull request, into the job's summary and on the changed lines")
    .requiredOption("--report <file>", "the JSON that preview --out wrote")
    .addOption(new Option("--forge <name>", "the platform; the job's when absent").choices([...FORGES]))
    .option("--repository <name>", "the repository; the job's when absent")
    .option("--pull-request <number>", "the pull or merge request; the job's when absent", positiveNumber)
    .option("--api-url <url>", "base of the platform's API, for one that is not the job's")
    .option("--artefact-url <url>", "where the whole report can be had")
    .option("--dry-run", "write the comment to standard output and send nothing", false)
    .action(async (stackPath: string, options: GlobalOptions & Omit<CommentInput, "stackPath" | "stackName" | "console">) => {
      done(await comment({ ...options, stackPath, stackName: options.stack, console: standardConsole(options.json) }));
    });

  onStack(program, "checklist", "list the steps that wait for a person and can be done now")
    .addOption(new Option("--format <format>", "how they are written").choices(CHECKLIST_FORMATS).default("text"))
    .option("--destroy", "the steps to the end of the stack", false)
    .option("--renew", "what was confirmed long ago, to look at again", false)
    .option("--attested-days <days>", "age from which --renew lists it", days, 90)
    .action(async (stackPath: string, options: GlobalOptions & Pick<ChecklistInput, "format" | "destroy"> & RenewOptions) => {
      const { format, destroy: ending } = options;
      done(await checklist({ ...inputOf(stackPath, options), format, destroy: ending, renewDays: renewDaysOf(options) }));
    });

  onStack(program, "confirm", "record steps as done by a person, and apply what follows")
    .option("--from <file>", "file with a list of { step, digest, id, by, at }; asked for on the terminal when absent")
    .option("--secret <step=env:NAME>", "variable with the secret that a step showed; may be repeated", collect, [])
    .option("--destroy", "steps to the end of the stack; run destroy afterwards", false)
    .option("--renew", "say again, without any change, what was confirmed long ago", false)
    .option("--attested-days <days>", "age from which --renew asks", days, 90)
    .action(async (stackPath: string, options: GlobalOptions & RenewOptions & { from?: string; secret: string[]; destroy: boolean }) => {
      const { from, secret: secrets, destroy: ending } = options;
      done(await confirm({ ...inputOf(stackPath, options), from, secrets, destroy: ending, renewDays: renewDaysOf(options) }));
    });

  program
    .command("serve")
    .description("run the embedded control plane on 127.0.0.1")
    .option("--port <number>", "port; 0 picks a free one", portNumber, 8787)
    .option("--data <file>", "SQLite file that keeps everything; memory when absent")
    .option("--profile <system>", "whose rules it follows", "gatehouse")
    .addOption(new Option("--plan <plan>", "plan of the organization at first start").choices(PLANS).default("pro"))
    .option("--json", "one JSON document on standard output", false)
    .option("--lost-writes", "lose what overlaps while answering that it is done, as Routerly does (profile routerly)", false)
    .option("--verbose", "one line on standard error for each request", false)
    .addHelpText("after", EXIT_CODES)
    .action(async ({ json, ...options }) => done(await serve({ ...options, console: standardConsole(json) })));

  program
    .command("schema")
    .description("print the JSON Schema of the stack file")
    .addHelpText("after", EXIT_CODES)
    .action(() => done(schema(standardConsole(false))));

  return program;
}

function onStack(program: Commander, name: string, summary: string): Commander {
  return program
    .command(name)
    .description(summary)
    .argument("<stack>", "a stack file, a folder with gatehouse.yaml, or a folder with Pulumi.yaml")
    .option("--stack <name>", "name of the stack", "dev")
    .option("--json", "one JSON document on standard output", false)
    .option("--yes", "do not ask", false)
    .option("--no-refresh", "take the state for the truth, without reading the control plane")
    .addHelpText("after", EXIT_CODES);
}

function inputOf(stackPath: string, options: GlobalOptions): CommandInput {
  const { stack: stackName, json, expectNoChanges = false, ...rest } = options;
  return { ...rest, stackPath, stackName, console: standardConsole(json), expectNoChanges };
}

interface RenewOptions {
  readonly renew: boolean;
  readonly attestedDays: number;
}

function renewDaysOf({ renew, attestedDays }: RenewOptions): number | undefined {
  return renew ? attestedDays : undefined;
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function days(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("Days are a whole number of 0 or more.");
  return number;
}

function positiveNumber(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError("It is a whole number of 1 or more.");
  return Number(text);
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError("A port is a whole number from 0 to 65535.");
  return port;
}

/** Says what went wrong, on standard error for people and, with `--json`, as the one document on standard output. */
function exitCodeOf(error: unknown, asJson: boolean): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.fine;
    // Commander has told the person already.
    if (asJson) tellAsJson(EXIT.invalid, { code: "invalid-input", message: error.message });
    return EXIT.invalid;
  }
  if (!(error instanceof GatehouseError)) {
    const message = error instanceof Error ? error.message : String(error);
    if (asJson) tellAsJson(EXIT.failed, { code: "defect", message });
    process.stderr.write(`${(error as Error | undefined)?.stack ?? message}\nThis is a defect of Gatehouse: please report it.\n`);
    return EXIT.failed;
  }
  const problems = error instanceof StackProblems ? error.problems : undefined;
  if (asJson) tellAsJson(error.exitCode, { code: error.code, message: error.message, ...(problems ? { problems } : {}) });
  process.stderr.write(`error: ${error.message}\n`);
  return error.exitCode;
}

function tellAsJson(exitCode: number, error: Readonly<Record<string, unknown>>): void {
  standardConsole(true).json({ exitCode, error });
}
