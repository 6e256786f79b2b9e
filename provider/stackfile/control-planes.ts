import type { Entry } from "./entries.js";
import { at, isMapping, type Located, problemAt, textsOf } from "./located.js";
import type { ControlPlaneSettings, Problem } from "./model.js";
import { didYouMean } from "./nearest.js";

/** Name of the only control plane. Objects of a control plane called so keep their plain path when others are added. */
export const MAIN = "main";

/** The control planes of a valid file. */
export function controlPlanesOf(root: Located): readonly ControlPlaneSettings[] {
  const only = at(root, ["controlPlane"]);
  const several = at(root, ["controlPlanes"]);
  if (several === undefined) return isMapping(only) ? [settingsOf(MAIN, only)] : [];
  return [...several.children].flatMap(([name, node]) => (isMapping(node) ? [settingsOf(name, node)] : []));
}

function settingsOf(name: string, node: Located): ControlPlaneSettings {
  return { ...(node.value as Omit<ControlPlaneSettings, "name" | "position">), name, position: node.keyPosition };
}

/** Logical name of a path on a control plane. */
export function logicalName(controlPlane: string, path: string): string {
  return controlPlane === MAIN ? path : `controlPlanes/${controlPlane}/${path}`;
}

/** The control planes that an entry is on: those it names, else those of what it is nested in, else all. */
export function planesOf(entry: Entry | undefined, all: readonly string[]): readonly string[] {
  if (entry === undefined) return all;
  const on = entry.node.children.get("on");
  const inherited = planesOf(entry.owner, all);
  return on === undefined ? inherited : textsOf(on).flatMap(({ text }) => (inherited.includes(text) ? [text] : []));
}

/** What is wrong with the control planes that an entry names. */
export function planeProblems(entry: Entry, several: boolean, all: readonly string[]): readonly Problem[] {
  const on = entry.node.children.get("on");
  if (on === undefined) return [];
  if (!several) return [{ ...problemAt(on, "needs controlPlanes: this stack has one control plane, remove it"), position: on.keyPosition }];
  const inherited = planesOf(entry.owner, all);
  return textsOf(on).flatMap(({ text, node }) => {
    if (!all.includes(text)) return [problemAt(node, `names no control plane${didYouMean(text, all, `: there are ${all.join(", ")}`)}`)];
    if (inherited.includes(text)) return [];
    return [problemAt(node, `is on ${text}, and ${entry.owner?.node.path.join(".")} is not: add ${text} to its on, or remove it here`)];
  });
}
