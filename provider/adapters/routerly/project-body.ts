import type { Turn } from "./server.js";
import type { WireProject } from "./wire.js";

export function projectPath(id: string): string {
  return `/api/projects/${encodeURIComponent(id)}`;
}

/**
 * Changes part of a project. A PUT needs name and models whatever it changes, and a Project and its RoutingPolicy share it: so what
 * is there is read, changed and written whole, within one turn.
 */
export async function changeProject(turn: Turn, id: string, change: (project: WireProject) => WireProject): Promise<void> {
  const { name, timeoutMs, models = [], policies } = change(await turn.find("Project", "is not there", (one) => one.id === id));
  await turn.send("PUT", projectPath(id), "cannot be changed", {
    name,
    models,
    ...(policies === undefined || policies === null ? {} : { policies }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
}
