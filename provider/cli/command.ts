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
  /** File for what the guardrails find, as SARIF. */
  readonly sarif?: string | undefined;
  /** Files for the report; each name's ending says the format. */
  readonly out?: readonly string[];
  /** Least verdict that stops the run. */
  readonly failOn?: "dangerous" | "review";
  /** Everything on the terminal, however long. */
  readonly verbose?: boolean;
  /** File for the digests of what would happen. */
  readonly savePlan?: string | undefined;
  /** File with the digests of what was reviewed, and of nothing else may happen. */
  readonly plan?: string | undefined;
}

export type Command = (input: CommandInput) => Promise<ExitCode>;
