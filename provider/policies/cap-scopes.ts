import { type SeenObject, UNKNOWN, type Unknown } from "./seen.js";
import type { StackView } from "./stack-view.js";

/** What a cap holds for. Caps with the same scope stand over the same keys. */
export type Scope = string;

export function organizationScope({ controlPlane }: SeenObject): Scope {
  return `${controlPlane}\norganization`;
}

export function environmentScope({ controlPlane }: SeenObject, environment: string): Scope {
  return `${controlPlane}\nenvironment\n${environment}`;
}

/** The project an object belongs to, declared here or not; undefined when it belongs to none. */
export function projectScope(view: StackView, object: SeenObject): Scope | Unknown | undefined {
  const { project } = object.inputs as { readonly project?: string | Unknown };
  const declared = view.projectOf(object);
  if (declared !== undefined) return `${object.controlPlane}\nproject\n${declared.urn}`;
  return typeof project === "string" ? `${object.controlPlane}\nproject\n${project}` : project;
}

/** What a budget is over. That of a team is over nothing that can be told from keys and projects, so undefined. */
export function budgetScope(view: StackView, budget: SeenObject<"Budget">): Scope | Unknown | undefined {
  const project = projectScope(view, budget);
  if (project !== undefined) return project;
  if (budget.inputs.team === UNKNOWN) return UNKNOWN;
  return budget.inputs.team === undefined ? organizationScope(budget) : undefined;
}

/** The scopes that stand over a key, as far as they are known. */
export function scopesOver(view: StackView, key: SeenObject<"ApiKey">): readonly Scope[] {
  const environment = view.environmentOf(key);
  const project = projectScope(view, key);
  return [
    ...(typeof environment === "string" ? [environmentScope(key, environment)] : []),
    ...(typeof project === "string" ? [project] : []),
    organizationScope(key),
  ];
}
