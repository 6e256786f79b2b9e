import { type Problem, StackProblems } from "../../stackfile/index.js";
import { targetAt } from "../target.js";

/** What is wrong with the stack at a path, as `validate` tells it. */
export function problemsAt(path: string): readonly Problem[] {
  try {
    targetAt(path);
    return [];
  } catch (error) {
    if (error instanceof StackProblems) return error.problems;
    throw error;
  }
}
