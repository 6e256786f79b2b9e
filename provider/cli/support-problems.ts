import { inputFields } from "../../schema/kind.js";
import { KINDS } from "../../schema/kinds/index.js";
import type { Adapter } from "../adapters/adapter.js";
import { adapterOf } from "../adapters/index.js";
import { supportOf, supportProblems, transportProblem } from "../adapters/support.js";
import { type ErrorParts, InvalidInput } from "../errors.js";
import { rehearsalProblem } from "../http/settings.js";
import { type ControlPlaneSettings, type Declaration, type Problem, positionOf, type Stack } from "../stackfile/index.js";

/** Everything that a stack declares and that the system of its control plane lacks, or its transport cannot carry. */
export function supportProblemsIn(stack: Stack): readonly Problem[] {
  return stack.controlPlanes.flatMap((plane) => planeProblems(plane, stack));
}

/** The part of it that is so over every transport. */
export function lacksIn(stack: Stack): readonly Problem[] {
  return stack.controlPlanes.flatMap((plane) =>
    declaredOn(plane, stack).flatMap((declaration) => declarationProblems(adapterOf(plane.system), declaration)),
  );
}

function declaredOn({ name }: ControlPlaneSettings, { declarations }: Stack): readonly Declaration[] {
  return declarations.filter(({ controlPlane, kind }) => controlPlane === name && !KINDS[kind].local);
}

function planeProblems(plane: ControlPlaneSettings, stack: Stack): readonly Problem[] {
  try {
    const adapter = adapterOf(plane.system);
    const own = declaredOn(plane, stack);
    return [
      ...own.flatMap((declaration) => declarationProblems(adapter, declaration)),
      ...transportProblems(adapter, plane, own),
      ...rehearsalProblems(plane, stack),
      ...exclusiveProblems(adapter, plane, stack),
    ];
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return [planeProblem(plane, error.parts)];
  }
}

function planeProblem({ position }: ControlPlaneSettings, { what, advice }: ErrorParts): Problem {
  return { position, path: "", message: [what, advice].filter(Boolean).join(". ") };
}

function declarationProblems(adapter: Adapter, declaration: Declaration): readonly Problem[] {
  const kind = KINDS[declaration.kind];
  const support = supportOf(adapter, kind);
  if ("lacking" in support) return [{ position: declaration.position, path: declaration.path, message: support.lacking }];
  return supportProblems(adapter, kind, declaration.inputs, holdsReference).map(({ property, reason }) => ({
    position: positionOf(declaration, property),
    path: Object.hasOwn(inputFields(kind), property.split(".")[0] ?? "") ? `${declaration.path}.${property}` : declaration.path,
    message: reason,
  }));
}

/** One problem for all objects of a kind for which it is the same. */
function transportProblems(adapter: Adapter, plane: ControlPlaneSettings, declarations: readonly Declaration[]): readonly Problem[] {
  const transport = plane.transport ?? adapter.defaultTransport;
  const told = declarations.flatMap(({ kind, inputs, position, path }) => {
    if ("lacking" in supportOf(adapter, KINDS[kind])) return [];
    const problem = transportProblem(adapter, KINDS[kind], transport, plane.allowAssumed ?? false, inputs);
    return problem === undefined ? [] : [{ position, path, message: `${kind} over transport ${transport}: ${problem}` }];
  });
  const first = new Map(told.toReversed().map((one) => [one.message, one]));
  return [...first.values()].toReversed().map(({ message, ...place }) => {
    const count = told.filter((one) => one.message === message).length;
    return { ...place, message: count > 1 ? `${message} (${count} objects)` : message };
  });
}

function rehearsalProblems(plane: ControlPlaneSettings, { controlPlanes }: Stack): readonly Problem[] {
  const problem = rehearsalProblem({ ...plane, oneOfSeveral: controlPlanes.length > 1 }, process.env);
  return problem === undefined ? [] : [planeProblem(plane, problem)];
}

/** Nobody lists what is there behind a dashboard, so nothing undeclared in it can be found. */
function exclusiveProblems(adapter: Adapter, plane: ControlPlaneSettings, stack: Stack): readonly Problem[] {
  if ((plane.transport ?? adapter.defaultTransport) !== "dashboard") return [];
  return stack.exclusive
    .filter(({ controlPlane }) => controlPlane === plane.name)
    .map(({ name, position }) => ({
      position,
      path: name.replaceAll("/", "."),
      message: `needs a list of what is there, and ${adapter.title} is reached by a person: take it out`,
    }));
}

/** A reference is a value that only an apply knows. */
function holdsReference(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsReference);
  if (typeof value !== "object" || value === null) return false;
  return "$ref" in value || Object.values(value).some(holdsReference);
}
