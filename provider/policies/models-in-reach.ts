import { projectScope } from "./cap-scopes.js";
import { type SeenObject, UNKNOWN } from "./seen.js";
import type { StackView } from "./stack-view.js";

type Model = SeenObject<"Model">;

/** The registry that an object's references mean: the models of its project, then those of the organization. */
export interface Reach {
  /** Undefined when no such model is declared. */
  readonly find: (identifier: string) => Model | undefined;
  readonly identifiers: () => readonly string[];
  /** True where nothing is registered: identifiers are free, or kept somewhere else. */
  readonly isEmpty: boolean;
  /** False when a model of an unknown identifier or project may be the one that is meant. */
  readonly isWhole: boolean;
}

/** Finds the registry of an object. Identifiers are unique in a project only, so the view's own look-up by value does not do. */
export function modelsInReach(view: StackView): (object: SeenObject) => Reach {
  const registries = new Map<string, Map<string, Model>>();
  const vague = new Set<string>();
  for (const model of view.of("Model")) {
    const scope = projectScope(view, model);
    const { identifier } = model.inputs;
    if (scope === UNKNOWN || typeof identifier !== "string") vague.add(model.controlPlane);
    else register(registries, scope ?? model.controlPlane, identifier, model);
  }
  return (object) => {
    const project = projectScope(view, object);
    const own = typeof project === "string" ? registries.get(project) : undefined;
    const shared = registries.get(object.controlPlane);
    return {
      find: (identifier) => own?.get(identifier) ?? shared?.get(identifier),
      identifiers: () => [...(own?.keys() ?? []), ...(shared?.keys() ?? [])],
      isEmpty: own === undefined && shared === undefined,
      isWhole: project !== UNKNOWN && !vague.has(object.controlPlane),
    };
  };
}

function register(registries: Map<string, Map<string, Model>>, scope: string, identifier: string, model: Model): void {
  const registry = registries.get(scope) ?? new Map<string, Model>();
  registries.set(scope, registry.set(identifier, model));
}
