import { Argument, Option, type OptionValues } from "commander";
import type { CommandInput } from "./command.js";
import { standardConsole } from "./console.js";
import { makeFolders } from "./output-files.js";

/** How a command is called, and what it runs. Its file in `commands/` exports one, and `commands/index.ts` lists it. */
export interface CommandLine {
  readonly name: string;
  readonly summary: string;
  readonly arguments: readonly Argument[];
  readonly options: readonly Option[];
  /** Answers the exit code. */
  readonly run: (options: OptionValues, args: readonly unknown[]) => number | Promise<number>;
}

/** What a command on a stack says of itself. `Options` are its own ones, `Arguments` what follows the stack. */
interface StackCommand<Options, Arguments extends readonly unknown[]> {
  readonly name: string;
  readonly summary: string;
  readonly arguments?: readonly Argument[];
  readonly options?: readonly Option[];
  readonly run: (input: CommandInput & Options, ...args: Arguments) => Promise<number>;
}

/** A command on a stack: with the argument and the options that all of them have. */
export function stackCommand<Options = unknown, Arguments extends readonly unknown[] = []>(
  command: StackCommand<Options, Arguments>,
): CommandLine {
  const { name, summary, arguments: more = [], options = [], run } = command;
  return {
    name,
    summary,
    arguments: [new Argument("<stack>", "a stack file, a folder with gatehouse.yaml, or a folder with Pulumi.yaml"), ...more],
    options: [
      new Option("--stack <name>", "name of the stack").default("dev"),
      jsonOption(),
      new Option("--yes", "do not ask").default(false),
      new Option("--no-refresh", "take the state for the truth, without reading the control plane"),
      ...options,
    ],
    run: ({ stack: stackName, json, expectNoChanges = false, ...rest }, [stackPath, ...args]) => {
      makeFolders([rest.out, rest.sarif, rest.savePlan, rest.html].flat().filter((file) => file !== undefined));
      const input = { ...rest, stackPath, stackName, console: standardConsole(json), expectNoChanges };
      // Commander gives what the options and arguments above describe.
      return run(input as unknown as CommandInput & Options, ...(args as unknown as Arguments));
    },
  };
}

export function jsonOption(): Option {
  return new Option("--json", "one JSON document on standard output").default(false);
}
