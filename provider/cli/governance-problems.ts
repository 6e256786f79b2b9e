import { governance } from "../../schema/kinds/governance.js";
import { governanceProblems } from "../governance-problems.js";
import { type Problem, positionOf, type Stack } from "../stackfile/index.js";

/** Everything in the rules of the house that no guardrail and no gate knows. */
export function governanceProblemsIn({ declarations }: Stack): readonly Problem[] {
  return declarations
    .filter(({ kind }) => kind === governance.name)
    .flatMap((declaration) =>
      governanceProblems(declaration.inputs).map(({ property, reason }) => ({
        position: positionOf(declaration, property),
        path: `${declaration.path}.${property}`,
        message: reason,
      })),
    );
}
