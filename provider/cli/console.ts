/** Standard output carries the result, standard error the progress. */
export interface Console {
  /** One line of the result. */
  result(text: string): void;
  /** The result as one JSON document. */
  json(document: unknown): void;
  /** One line of progress. */
  progress(line: string): void;
  readonly asJson: boolean;
}

export function standardConsole(asJson: boolean): Console {
  return {
    asJson,
    result: (text) => void process.stdout.write(`${text}\n`),
    json: (document) => void process.stdout.write(`${JSON.stringify(document, null, 2)}\n`),
    progress: (line) => void process.stderr.write(`${line}\n`),
  };
}
