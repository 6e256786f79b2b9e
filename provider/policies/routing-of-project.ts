import { projectScope } from "./cap-scopes.js";
import type { SeenObject } from "./seen.js";
import type { StackView } from "./stack-view.js";

type Routing = SeenObject<"RoutingPolicy">;

/** Finds the routing of an object's project. */
export function routingOfProject(view: StackView): (object: SeenObject) => readonly Routing[] {
  const byProject = new Map<string, Routing[]>();
  for (const policy of view.of("RoutingPolicy")) {
    const project = projectScope(view, policy);
    if (typeof project !== "string") continue;
    const policies = byProject.get(project) ?? [];
    policies.push(policy);
    byProject.set(project, policies);
  }
  return (object) => {
    const project = projectScope(view, object);
    return (typeof project === "string" ? byProject.get(project) : undefined) ?? [];
  };
}
