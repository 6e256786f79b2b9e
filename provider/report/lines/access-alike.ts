import type { ObjectStep } from "../../gates/index.js";
import type { AccessChange } from "../access/index.js";
import { canonicalJson } from "../canonical-json.js";
import type { SeverityRuleName } from "../severity.js";
import { causesIn } from "./access-causes.js";
import { differencesOf, ruleOf } from "./access-differences.js";
import type { Difference } from "./access-words.js";
import { classMoves } from "./class-moves.js";
import type { Context } from "./context.js";
import { isUnlocked } from "./key-events.js";
import { mayBeProduction } from "./key-holders.js";
import { keysLeftBy } from "./key-owners.js";
import { keySteps } from "./key-steps.js";
import { endedProjects, endsWithProjects } from "./project-ends.js";

/** A change of one subject's access that has a line. */
export interface Change {
  readonly change: AccessChange;
  readonly rule: SeverityRuleName;
  readonly differences: readonly Difference[];
  /** Steps by which it comes, the subject's own first. */
  readonly causes: readonly ObjectStep[];
}

/** Changes that are one and the same for several subjects, by causes of one kind. */
export type Alike = readonly [Change, ...Change[]];

/** Changes of access that have lines of their own, alike ones together. */
export function alikeIn(context: Context): readonly Alike[] {
  const groups = Map.groupBy(changesIn(context), ({ change, rule, differences, causes: [cause] }) => {
    const what = differences.map(({ place: { in: where, projects, except, environments }, ...difference }) => ({
      where,
      projects,
      except,
      environments,
      ...difference,
    }));
    const by = cause === undefined ? change.subject.name : [cause.kind, cause.operation];
    return canonicalJson([change.change, change.controlPlane, change.subject.type, rule, by, what]);
  });
  return [...groups.values()].flatMap(([first, ...more]): Alike[] => (first === undefined ? [] : [[first, ...more]]));
}

function changesIn(context: Context): readonly Change[] {
  const causesOf = causesIn(context);
  const isElsewhere = toldElsewhere(context);
  return context.accessChanges.flatMap((change): Change[] => {
    const differences = differencesOf(change);
    const causes = causesOf(change);
    if (differences.length === 0 || isElsewhere(change, causes)) return [];
    const leavesProduction = keysLeftBy(change, context).some(({ environment }) => mayBeProduction(environment));
    return [{ change, rule: leavesProduction ? "key-owner-leaves" : ruleOf(change, differences), differences, causes }];
  });
}

/** Keys that come, go, are unlocked or change their class have lines of their own, and people who lose what ends are named with it. */
function toldElsewhere(context: Context): (change: AccessChange, causes: readonly ObjectStep[]) => boolean {
  const ended = endedProjects(context);
  const comeOrGo: readonly ObjectStep["operation"][] = ["create", "delete", "replace"];
  const keys = new Set(
    keySteps(context).flatMap((key) => (comeOrGo.includes(key.step.operation) || isUnlocked(key) ? [key.step.urn] : [])),
  );
  const moved = new Set<string | undefined>(classMoves(context).map(({ urn }) => urn));
  return (change, causes) => endsWithProjects(change, ended) || moved.has(change.urn) || causes.some(({ urn }) => keys.has(urn));
}
