import { inertText } from "./inert-text.js";

/** Standard output carries the result, standard error the progress. What either quotes gives a terminal or a CI runner no command. */
export interface Console {
  /** One line of the result. */
  result(text: string): void;
  /** The result as one JSON document. */
  json(document: unknown): void;
  /** One line of progress. */
  progress(line: string): void;
  /** Commands for the runner of a CI job, which reads both streams: the only text that it may take for one. */
  runnerCommands(lines: string): void;
  readonly asJson: boolean;
}

export function standardConsole(asJson: boolean): Console {
  const result = (text: string) => void process.stdout.write(`${inertText(text)}\n`);
  return {
    asJson,
    result,
    json: (document) => result(JSON.stringify(document, null, 2)),
    progress: (line) => void process.stderr.write(`${inertText(line)}\n`),
    // With --json standard output is one document.
    runnerCommands: (lines) => void (asJson ? process.stderr : process.stdout).write(`${lines}\n`),
  };
}
