import { isKnown, known, type SeenObject } from "../../policies/seen.js";
import type { StackView } from "../../policies/stack-view.js";

/** What people call a declared project: its slug, else its name. */
export function nameOfProject({ name, inputs }: SeenObject<"Project">): string {
  return known(inputs.slug) ?? known(inputs.name) ?? name;
}

/** The project that a property of an object leads to, as people call it; undefined when it leads to none, or nobody knows to which. */
export function projectNamed(view: StackView, object: SeenObject, property: "project" | "defaultProject"): string | undefined {
  const target = view.target<"Project">(object, property);
  if (target !== undefined) return nameOfProject(target);
  const value = (object.inputs as Readonly<Record<string, unknown>>)[property];
  return isKnown(value) && typeof value === "string" ? value : undefined;
}
