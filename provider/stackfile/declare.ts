import { logicalName, planeProblems, planesOf } from "./control-planes.js";
import { duplicateProblems, type PlainEntry } from "./duplicates.js";
import type { Entry } from "./entries.js";
import { contradictedKey } from "./entry-problems.js";
import type { Declaration, Problem } from "./model.js";
import { inDependencyOrder, type Ordered } from "./order.js";
import { positionIn, resolveEntry } from "./references.js";
import { formerPaths, renameProblems } from "./renames.js";
import { targetsAmong } from "./targets.js";

interface Circumstances {
  /** Names of all control planes. */
  readonly planes: readonly string[];
  /** The system of a control plane, where the stack says it. */
  readonly systemOf: (plane: string) => string | undefined;
  /** True when the stack names its control planes, so that `on` has a meaning. */
  readonly several: boolean;
  /** False when a file could not be read: what it declares is unknown, and no reference can be called dangling. */
  readonly complete: boolean;
  /** True for an entry that its schema refuses already: rules over it would report what follows from that. */
  readonly refused: (entry: Entry) => boolean;
}

/** Makes declarations of entries, one for each control plane, in dependency order. */
export function declare(entries: readonly Entry[], circumstances: Circumstances): Ordered {
  const { planes, several } = circumstances;
  const own = entries.flatMap((entry) => [...contradictedKey(entry), ...planeProblems(entry, several, planes)]);
  const onPlanes = planes.map((plane) => declareOn(plane, entries, circumstances));
  const { declarations, problems } = inDependencyOrder(onPlanes.flatMap((one) => one.declarations));
  return { declarations, problems: [...own, ...renameProblems(entries), ...onPlanes.flatMap((one) => one.problems), ...problems] };
}

function declareOn(plane: string, all: readonly Entry[], { planes, systemOf, complete, refused }: Circumstances): Ordered {
  const entries = all.filter((entry) => (entry.kind.local ? plane === planes[0] : planesOf(entry, planes).includes(plane)));
  const targets = targetsAmong(entries);
  const resolved = entries.map((entry) => ({ entry, ...resolveEntry(entry, plane, targets, systemOf(plane)) }));
  return {
    declarations: resolved.map(({ entry, inputs }) => declarationOf(entry, plane, inputs)),
    problems: [
      ...(complete ? resolved.flatMap(({ problems }) => problems) : []),
      ...resolved.flatMap((one) => (refused(one.entry) ? [] : ruleProblems(one))),
      ...duplicateProblems(resolved),
    ],
  };
}

function declarationOf(entry: Entry, controlPlane: string, inputs: Readonly<Record<string, unknown>>): Declaration {
  return {
    kind: entry.kindName,
    name: entry.kind.local ? entry.name : logicalName(controlPlane, entry.name),
    path: entry.node.path.join("."),
    keys: entry.node.path,
    inputs,
    position: entry.node.keyPosition,
    positions: entry.positions,
    aliases: formerPaths(entry).map((path) => logicalName(controlPlane, path)),
    controlPlane,
  };
}

function ruleProblems({ entry, plain }: PlainEntry): readonly Problem[] {
  return entry.kind.rules(plain).map(({ property, reason }) => ({
    position: positionIn(entry, property),
    path: [...entry.node.path, property].join("."),
    message: reason,
  }));
}
