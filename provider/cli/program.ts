import { Command as Commander } from "commander";
import { EXIT } from "../errors.js";
import type { CommandLine } from "./command-line.js";
import { COMMANDS } from "./commands/index.js";
import { tellError } from "./tell-error.js";
import { version } from "./version.js";

const EXIT_CODES = `
Exit codes: 0 fine, 1 failed, 2 invalid input, 3 stopped by a guardrail or gate, 4 waiting for a person,
            5 another run holds the stack, 7 changes or drift found where none were expected.`;

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
    return tellError(error, args.includes("--json"));
  }
}

function commandLine(done: (exitCode: number) => void): Commander {
  const program = new Commander("gatehouse")
    .description("The control plane of your AI gateway as code.")
    .version(version())
    .exitOverride()
    .showHelpAfterError()
    .addHelpText("after", EXIT_CODES);
  for (const line of COMMANDS) add(program, line, done);
  return program;
}

function add(program: Commander, { name, summary, arguments: all, options, run }: CommandLine, done: (exitCode: number) => void): void {
  const command = program.command(name).description(summary).addHelpText("after", EXIT_CODES);
  for (const argument of all) command.addArgument(argument);
  for (const option of options) command.addOption(option);
  command.action(async () => done(await run(command.opts(), command.processedArgs)));
}
