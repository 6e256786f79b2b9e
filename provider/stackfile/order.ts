import type { Declaration, Problem } from "./model.js";

export interface Ordered {
  readonly declarations: readonly Declaration[];
  readonly problems: readonly Problem[];
}

/** Puts each declaration after those it refers to, and keeps the order of the file where nothing speaks against it. */
export function inDependencyOrder(declarations: readonly Declaration[]): Ordered {
  const byName = new Map(declarations.map((declaration) => [declaration.name, declaration]));
  const done = new Set<string>();
  const ordered: Declaration[] = [];
  const problems: Problem[] = [];
  const visit = (declaration: Declaration, above: readonly string[]): void => {
    if (done.has(declaration.name)) return;
    if (above.includes(declaration.name)) {
      problems.push(cycle(declaration, above));
      return;
    }
    for (const name of referencesIn(declaration.inputs)) {
      const target = byName.get(name);
      if (target !== undefined) visit(target, [...above, declaration.name]);
    }
    done.add(declaration.name);
    ordered.push(declaration);
  };
  for (const declaration of declarations) visit(declaration, []);
  return { declarations: ordered, problems };
}

function cycle({ name, position }: Declaration, above: readonly string[]): Problem {
  const around = [...above.slice(above.indexOf(name)), name].join(" → ");
  return { position, path: name.replaceAll("/", "."), message: `refers to itself through ${around}: remove one of the references` };
}

/** Logical names of all references in a value. */
function referencesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== "object" || value === null) return [];
  if ("$ref" in value && typeof value.$ref === "string") return [value.$ref];
  return Object.values(value).flatMap(referencesIn);
}
