import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { InvalidInput } from "../errors.js";
import { loadStack, type Problem, type Stack } from "../stackfile/index.js";
import { governanceProblemsIn } from "./governance-problems.js";
import { supportProblemsIn } from "./support-problems.js";

/** What a STACK argument names. */
export type Target =
  | { readonly form: "stackFile"; readonly directory: string; readonly project: string; readonly stack: Stack }
  | { readonly form: "program"; readonly directory: string; readonly project: string };

const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml"];

/**
 * The stack file, folder or program folder at a path. Throws InvalidInput when nothing is there, and StackProblems with every
 * problem of a stack file.
 */
export function targetAt(path: string): Target {
  const place = resolve(path);
  if (!existsSync(place)) {
    throw new InvalidInput({
      subject: path,
      what: "does not exist",
      advice: "STACK is a stack file, a folder with gatehouse.yaml, or a folder with Pulumi.yaml.",
    });
  }
  const isFolder = statSync(place).isDirectory();
  const projectFile = isFolder ? PROJECT_FILES.map((name) => join(place, name)).find((file) => existsSync(file)) : undefined;
  if (projectFile !== undefined) return { form: "program", directory: place, project: projectName(projectFile) };
  const stack = withControlPlane(loadStack(path, furtherProblems));
  return { form: "stackFile", directory: isFolder ? place : dirname(place), project: stack.name, stack };
}

/** What kinds and files by themselves cannot show. */
function furtherProblems(loaded: Stack): readonly Problem[] {
  return [...supportProblemsIn(withControlPlane(loaded)), ...governanceProblemsIn(loaded)];
}

function projectName(file: string): string {
  const { name } = (parse(readFileSync(file, "utf8")) ?? {}) as { name?: unknown };
  if (typeof name === "string" && name !== "") return name;
  throw new InvalidInput({ subject: file, what: "has no `name`", advice: "Give the Pulumi project a name." });
}

/** A stack file may leave the control plane to the environment: the embedded one's system, at `GATEHOUSE_URL`. */
function withControlPlane(stack: Stack): Stack {
  if (stack.controlPlanes.length > 0) return stack;
  const position = { file: stack.files[0] ?? "", line: 1, column: 1 };
  return { ...stack, controlPlanes: [{ name: "main", system: "gatehouse", position }] };
}
