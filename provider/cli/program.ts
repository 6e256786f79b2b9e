import { readFileSync } from "node:fs";
import { Command as Commander, CommanderError, InvalidArgumentError, Option } from "commander";
import { PLANS } from "../../schema/kinds/organization.js";
import { EXIT, GatehouseError } from "../errors.js";
import { StackProblems } from "../stackfile/index.js";
import type { Command, CommandInput } from "./command.js";
import { CHECKLIST_FORMATS, type ChecklistInput, checklist } from "./commands/checklist.js";
import { confirm } from "./commands/confirm.js";
import { destroy } from "./commands/destroy.js";
import { drift } from "./commands/drift.js";
import { preview } from "./commands/preview.js";
import { refresh } from "./commands/refresh.js";
import { schema } from "./commands/schema.js";
import { secret } from "./commands/secret.js";
import { serve } from "./commands/serve.js";
import { up } from "./commands/up.js";
import { validate } from "./commands/validate.js";
import { standardConsole } from "./console.js";

const EXIT_CODES = `
Exit codes: 0 fine, 1 failed, 2 invalid input, 3 stopped by a guardrail or gate, 4 waiting for a person,
            5 another run holds the stack, 7 changes or drift found where none were expected.`;

/** Commands on a stack: name, what it does, what it runs. */
const STACK_COMMANDS: readonly { readonly name: string; readonly summary: string; readonly run: Command; readonly expects?: true }[] = [
  { name: "validate", summary: "check the declaration, without any network", run: validate },
  { name: "preview", summary: "show what would change and why; sends nothing but reads", run: preview, expects: true },
  { name: "up", summary: "preview, ask, and apply exactly what was previewed", run: up },
  { name: "refresh", summary: "take what is on the server into the state", run: refresh },
  { name: "destroy", summary: "delete what the stack created, release what it adopted", run: destroy },
];

interface GlobalOptions {
  readonly stack: string;
  readonly json: boolean;
  readonly yes: boolean;
  readonly refresh: boolean;
  readonly expectNoChanges?: boolean;
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
    .version((JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8")) as { version: string }).version)
    .exitOverride()
    .showHelpAfterError()
    .addHelpText("after", EXIT_CODES);

  for (const { name, summary, run, expects } of STACK_COMMANDS) {
    const command = onStack(program, name, summary);
    if (expects) command.option("--expect-no-changes", "exit 7 when anything would change");
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

  onStack(program, "checklist", "list the steps that wait for a person and can be done now")
    .addOption(new Option("--format <format>", "how they are written").choices(CHECKLIST_FORMATS).default("text"))
    .option("--destroy", "the steps to the end of the stack", false)
    .action(async (stackPath: string, options: GlobalOptions & Pick<ChecklistInput, "format" | "destroy">) => {
      done(await checklist({ ...inputOf(stackPath, options), format: options.format, destroy: options.destroy }));
    });

  onStack(program, "confirm", "record steps as done by a person, and apply what follows")
    .option("--from <file>", "file with a list of { step, digest, id, by, at }; asked for on the terminal when absent")
    .option("--secret <step=env:NAME>", "variable with the secret that a step showed; may be repeated", collect, [])
    .option("--destroy", "steps to the end of the stack; run destroy afterwards", false)
    .action(async (stackPath: string, options: GlobalOptions & { from?: string; secret: string[]; destroy: boolean }) => {
      const { from, secret: secrets, destroy: ending } = options;
      done(await confirm({ ...inputOf(stackPath, options), from, secrets, destroy: ending }));
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

function inputOf(stackPath: string, { stack, json, yes, refresh: refreshing, expectNoChanges = false }: GlobalOptions): CommandInput {
  return { stackPath, stackName: stack, console: standardConsole(json), yes, refresh: refreshing, expectNoChanges };
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function days(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("Days are a whole number of 0 or more.");
  return number;
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
