import { InvalidInput } from "../errors.js";
import type { Position, Problem } from "./model.js";

/** A stack that may not be applied, with everything that is wrong with it. */
export class StackProblems extends InvalidInput {
  /** Sorted by file and position, each once. */
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const sorted = sortedOnce(problems);
    const count = `${sorted.length} problem${sorted.length === 1 ? "" : "s"} in the stack: nothing is applied`;
    super({ what: [...sorted.map(renderProblem), count].join("\n") });
    this.problems = sorted;
  }
}

/** One line: `gatehouse.yaml:12:5: projects.checkout.name: is missing: …`. */
export function renderProblem({ position, path, message }: Problem): string {
  return `${renderPosition(position)}: ${path === "" ? "" : `${path}: `}${message}`;
}

export function renderPosition({ file, line, column }: Position): string {
  return `${file}:${line}:${column}`;
}

function sortedOnce(problems: readonly Problem[]): readonly Problem[] {
  const byText = new Map(problems.map((problem) => [renderProblem(problem), problem]));
  return [...byText.values()].sort(
    (a, b) =>
      compare(a.position.file, b.position.file) ||
      a.position.line - b.position.line ||
      a.position.column - b.position.column ||
      compare(a.path, b.path) ||
      compare(a.message, b.message),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
