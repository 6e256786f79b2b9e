import { DEFAULT_PROJECTS } from "../../schema/systems/default-project.js";
import { known, type SeenObject } from "./seen.js";
import type { StackView } from "./stack-view.js";

/** Projects that people made and use: neither archived nor the one that a system has from the start. */
export function projectsInUse(view: StackView): readonly SeenObject<"Project">[] {
  return view
    .of("Project")
    .filter(({ inputs }) => inputs.status === undefined || inputs.status === "active")
    .filter((project) => !isDefaultProject(project));
}

/** True for the project that a system has from the start. */
export function isDefaultProject({ system, inputs }: SeenObject<"Project">): boolean {
  const { name, slug } = DEFAULT_PROJECTS[system] ?? {};
  if (name === undefined) return false;
  return known(inputs.slug) === slug || known(inputs.name)?.toLowerCase() === name.toLowerCase();
}

/** The words of a text in lower case: `Checkout (prod)` is `checkout`, `prod`. */
export function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

/** Short names of objects as a message shows them, the first few of them. */
export function namesOf(objects: readonly SeenObject[], atMost = 5): string {
  const names = objects.slice(0, atMost).map(({ name }) => name.split("/").at(-1));
  return `${names.join(", ")}${objects.length > atMost ? ` and ${objects.length - atMost} more` : ""}`;
}

/** Projects by what a function says of each, in the order of the declaration. */
export function groupedBy(
  projects: readonly SeenObject<"Project">[],
  keyOf: (project: SeenObject<"Project">) => string | undefined,
): ReadonlyMap<string, readonly SeenObject<"Project">[]> {
  const groups = new Map<string, SeenObject<"Project">[]>();
  for (const project of projects) {
    const key = keyOf(project);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [project]);
    else group.push(project);
  }
  return groups;
}
