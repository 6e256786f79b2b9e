import type { ExitCode } from "../errors.js";
import type { Console } from "./console.js";

/** What every command on a stack is given. */
export interface CommandInput {
  readonly stackPath: string;
  readonly stackName: string;
  readonly console: Console;
  readonly yes: boolean;
  /** False with `--no-refresh`: the state is taken for the truth. */
  readonly refresh: boolean;
  readonly expectNoChanges: boolean;
}

export type Command = (input: CommandInput) => Promise<ExitCode>;
